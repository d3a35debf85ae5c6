using Tidemark.Cli.Configuration;
using Tidemark.Embedding;

namespace Tidemark.Cli.Composition;

internal static class EmbedderChoice
{
    /// <param name="asked">Null: nobody asked.</param>
    /// <param name="built">The space of the index; null: there is none yet.</param>
    /// <exception cref="TidemarkException">
    /// <c>embedding.space</c>: this release has no embedder for the index.
    /// </exception>
    public static EmbeddingModel Create(EmbedderSpec? asked, string? built)
    {
        var spec = asked ?? (built is null ? EmbedderSpec.Default : EmbedderSpec.Parse(built));
        return spec is null
            ? throw new TidemarkException(
                ErrorCodes.EmbeddingSpace,
                $"the index is in the embedding space '{built}', for which this release has no embedder",
                "use the release that built it, or 'tidemark sync --rebuild --embedder hashing:384'")
            : HashingModel.Create(spec.Dimensions);
    }
}
