using Microsoft.Extensions.AI;

namespace Tidemark.Embedding;

/// <summary>Puts a prefix before every input, as E5 and nomic models want it. The prefix is part of the space.</summary>
public sealed class PrefixedEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, string prefix)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        base.GenerateAsync(values.Select(value => prefix + value), options, cancellationToken);
}
