using Microsoft.Extensions.AI;

namespace Tidemark.Embedding;

/// <summary>Brings every vector to unit length. One that has none (zero, not finite) stays as it is, to be refused.</summary>
public sealed class NormalizedEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        foreach (var embedding in answer)
        {
            embedding.Vector = UnitLength.Of(embedding.Vector);
        }

        return answer;
    }
}
