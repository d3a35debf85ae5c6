using Tidemark.Wording;

namespace Tidemark.Indexing;

/// <param name="Vector">In the space of <paramref name="Generation"/>, unit length.</param>
/// <param name="Generation">The generation pinned before the query was embedded.</param>
public sealed record VectorQuery(
    string Namespace, long Generation, ReadOnlyMemory<float> Vector, int Limit, MetadataFilter Filter);

/// <param name="Text">Anything a person may type; no operator of the engine is honoured.</param>
public sealed record KeywordQuery(
    string Namespace, long Generation, string Text, int Limit, MetadataFilter Filter)
{
    /// <summary>That of the generation: see <see cref="Records.PipelineIdentity.Stemming"/>.</summary>
    public string? Stemming { get; init; }

    /// <summary>The words that are asked for.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the endings of that language are not known.</exception>
    public AskedWords Words() => AskedWords.Of(Text, Stemmer.Of(Stemming));
}
