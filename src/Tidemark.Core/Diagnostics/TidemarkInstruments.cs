using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tidemark;

/// <summary>The activity source and the meter. Touched only where <see cref="TidemarkTelemetry.IsEnabled"/>.</summary>
internal static class TidemarkInstruments
{
    private static readonly Meter Meter = new(TidemarkTelemetry.Name, VersionOf());

    private static readonly string[] StageNames = ["read", "chunk", "embed", "apply", "cleanup"];

    public static ActivitySource Source { get; } = new(TidemarkTelemetry.Name, VersionOf());

    /// <summary>GenAI semantic conventions, "Generative AI client metrics"; the boundaries are theirs.</summary>
    public static Histogram<double> OperationDuration { get; } = Meter.CreateHistogram(
        "gen_ai.client.operation.duration",
        "s",
        "How long a request to an embedding model took.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
                [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
        });

    /// <summary>GenAI semantic conventions, "Generative AI client metrics"; the boundaries are theirs.</summary>
    public static Histogram<long> TokenUsage { get; } = Meter.CreateHistogram(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens that a request to an embedding model took.",
        tags: null,
        new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries =
                [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
        });

    public static Histogram<double> RunDuration { get; } = Meter.CreateHistogram<double>(
        "tidemark.run.duration", "s", "How long a run took.");

    public static Histogram<double> StageDuration { get; } = Meter.CreateHistogram(
        "tidemark.stage.duration",
        "s",
        "How long a stage of a run took: one item read, one document cut, one request, one batch applied, one page cleaned up.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
                [0.00001, 0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
        });

    public static Counter<long> Documents { get; } = Meter.CreateCounter<long>(
        "tidemark.documents", "{document}", "Documents that runs saw, by what became of them.");

    public static Counter<long> Chunks { get; } = Meter.CreateCounter<long>(
        "tidemark.chunks", "{chunk}", "Chunks that runs added, patched, kept and closed.");

    public static Counter<long> Reused { get; } = Meter.CreateCounter<long>(
        "tidemark.embeddings.reused", "{input}", "Embedding inputs that the store had, so that nobody was asked.");

    public static Counter<long> Inputs { get; } = Meter.CreateCounter<long>(
        "tidemark.embeddings.inputs", "{input}", "Distinct texts that runs sent to the embedding model.");

    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>(
        "tidemark.embeddings.requests", "{request}", "Requests of runs to the embedding model.");

    public static Counter<long> Tokens { get; } = Meter.CreateCounter<long>(
        "tidemark.embeddings.tokens", "{token}", "Tokens of what runs sent to the embedding model, estimated where it reports none.");

    public static Counter<double> Cost { get; } = Meter.CreateCounter<double>(
        "tidemark.embeddings.cost", "{USD}", "What runs paid for embeddings, in USD; nothing where no price is known.");

    public static void RecordStage(RunStage stage, TimeSpan duration) => StageDuration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("tidemark.stage", StageNames[(int)stage]));

    private static string VersionOf() => typeof(TidemarkInstruments).Assembly.GetName().Version!.ToString(3);
}
