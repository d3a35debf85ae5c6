using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Tidemark.Embedding;

/// <summary>Spans and metrics of requests to one embedding model (OpenTelemetry, GenAI semantic conventions 1.37).</summary>
internal sealed class EmbeddingTelemetry
{
    private readonly TagList _tags;
    private readonly string _name;

    public EmbeddingTelemetry(EmbeddingModel model)
    {
        var metadata = model.Generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        var id = metadata?.DefaultModelId ?? model.Space.Name;
        _name = $"embeddings {id}";
        _tags = new TagList
        {
            { "gen_ai.operation.name", "embeddings" },
            { "gen_ai.provider.name", metadata?.ProviderName ?? "unknown" },
            { "gen_ai.request.model", id },
        };
        if (metadata?.ProviderUri is { } server)
        {
            _tags.Add("server.address", server.Host);
            _tags.Add("server.port", server.Port);
        }
    }

    public Activity? Start() => TidemarkInstruments.Source.StartActivity(ActivityKind.Client, tags: _tags, name: _name);

    public void Succeed(Activity? activity, TimeSpan duration, GeneratedEmbeddings<Embedding<float>> answer)
    {
        TidemarkInstruments.OperationDuration.Record(duration.TotalSeconds, _tags);
        if (answer.Usage?.InputTokenCount is { } tokens)
        {
            var tags = _tags;
            tags.Add("gen_ai.token.type", "input");
            TidemarkInstruments.TokenUsage.Record(tokens, tags);
            activity?.SetTag("gen_ai.usage.input_tokens", tokens);
        }

        if (answer.Count > 0)
        {
            activity?.SetTag("gen_ai.embeddings.dimension.count", answer[0].Vector.Length);
        }
    }

    public void Fail(Activity? activity, TimeSpan duration, Exception failure)
    {
        // What the failure says may quote an input or an address with a key: its type is enough.
        var error = (failure as TidemarkException)?.Code ?? failure.GetType().FullName;
        var tags = _tags;
        tags.Add("error.type", error);
        TidemarkInstruments.OperationDuration.Record(duration.TotalSeconds, tags);
        activity?.SetTag("error.type", error);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
