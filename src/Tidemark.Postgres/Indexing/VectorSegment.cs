namespace Tidemark.Postgres.Indexing;

/// <summary>A part of a generation's vectors: the table that names them all, or one that inherits from it.</summary>
/// <param name="Table">Its name.</param>
/// <param name="HasGraph">Whether it is searched by a graph; else one by one.</param>
internal readonly record struct VectorSegment(string Table, bool HasGraph);
