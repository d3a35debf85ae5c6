namespace Tidemark.Indexing;

/// <param name="Vector">In the space of <paramref name="Generation"/>, unit length.</param>
/// <param name="Generation">The generation pinned before the query was embedded.</param>
public sealed record VectorQuery(
    string Namespace, long Generation, ReadOnlyMemory<float> Vector, int Limit, MetadataFilter Filter);

/// <param name="Text">Anything a person may type; no operator of the engine is honoured.</param>
public sealed record KeywordQuery(
    string Namespace, long Generation, string Text, int Limit, MetadataFilter Filter);
