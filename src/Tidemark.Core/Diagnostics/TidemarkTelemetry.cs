namespace Tidemark;

/// <summary>
/// What OpenTelemetry, or any other listener, can subscribe to. Nothing is exported by the library itself:
/// <c>tracing.AddSource(TidemarkTelemetry.Name)</c>, <c>metrics.AddMeter(TidemarkTelemetry.Name)</c>.
/// </summary>
/// <remarks>
/// Spans: <c>tidemark.sync</c>, <c>tidemark.plan</c>, <c>tidemark.search</c>, <c>tidemark.verify</c>, and for each request to an
/// embedding model one named after the GenAI semantic conventions, <c>embeddings MODEL</c>. Metrics:
/// <c>gen_ai.client.operation.duration</c> and <c>gen_ai.client.token.usage</c> of the same conventions,
/// <c>tidemark.run.duration</c>, <c>tidemark.stage.duration</c>, <c>tidemark.documents</c>, <c>tidemark.chunks</c>,
/// <c>tidemark.embeddings.reused</c>, <c>.inputs</c>, <c>.requests</c>, <c>.tokens</c> and <c>.cost</c>. No text, id or key is ever part of them.
/// </remarks>
public static class TidemarkTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Tidemark";

    /// <summary>
    /// The switch of <see cref="AppContext"/> that turns all of it off when <c>false</c>: then not even the sources exist, which
    /// saves a process that lives for milliseconds some of them. It is read when a run begins.
    /// </summary>
    public const string Switch = "Tidemark.Telemetry";

    internal static bool IsEnabled => !AppContext.TryGetSwitch(Switch, out var on) || on;
}
