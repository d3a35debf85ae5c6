namespace Tidemark.Bench.Quality;

/// <summary>A query, and the documents that answer it.</summary>
internal sealed record JudgedQuery(string Text, IReadOnlySet<string> Relevant);
