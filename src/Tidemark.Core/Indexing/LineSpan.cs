namespace Tidemark.Indexing;

/// <summary>Lines of a document's text, counted from 1; both belong to it.</summary>
public readonly record struct LineSpan(int First, int Last);
