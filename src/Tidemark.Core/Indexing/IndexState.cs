namespace Tidemark.Indexing;

/// <summary>By what the vectors of a namespace are searched.</summary>
/// <param name="InGraph">So many by a graph that is ready.</param>
/// <param name="Scanned">So many one by one: those that came since, or all.</param>
public sealed record IndexState(long InGraph, long Scanned)
{
    /// <summary>What is being made of them at this moment; null: nothing.</summary>
    public IndexBuild? Building { get; init; }
}
