using Microsoft.Extensions.AI;

namespace Tidemark.Embedding;

/// <summary>
/// Measures each request of a run to its embedding model, and tells listeners of it in the words of the GenAI semantic
/// conventions. Neither the inputs nor the vectors are part of what is told.
/// </summary>
internal sealed class MeasuredEmbeddingGenerator(EmbeddingModel model, RunLatencies latencies)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingTelemetry? _telemetry = TidemarkTelemetry.IsEnabled ? new EmbeddingTelemetry(model) : null;

    /// <summary>What embeds queries; measured where somebody can be listening, since no run reports it.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> ForQueries(EmbeddingModel model, TimeProvider clock)
    {
        var generator = model.QueryGenerator ?? model.Generator;
        return TidemarkTelemetry.IsEnabled
            ? new MeasuredEmbeddingGenerator(model with { Generator = generator }, new RunLatencies(clock) { IsOfRun = false })
            : generator;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var started = latencies.Start();
        using var activity = _telemetry?.Start();
        try
        {
            var answer = await model.Generator.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
            var duration = latencies.Record(RunStage.Embed, started);
            _telemetry?.Succeed(activity, duration, answer);
            return answer;
        }
        catch (Exception e)
        {
            var duration = latencies.Record(RunStage.Embed, started);
            _telemetry?.Fail(activity, duration, e);
            throw;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        model.Generator.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The generator belongs to whoever made the model.
    }
}
