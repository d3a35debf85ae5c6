namespace Tidemark.Indexing;

/// <summary>By what the vectors of a namespace are searched.</summary>
/// <param name="InGraph">So many by a graph that is ready.</param>
/// <param name="Scanned">So many one by one: those that came since, or all.</param>
public sealed record IndexState(long InGraph, long Scanned)
{
    /// <summary>The share (0 to 1) of the graph's room that belongs to nothing any more: searches walk past it. 0 also where that is not worth a word.</summary>
    public double Dead { get; init; }

    /// <summary>What is being made of them at this moment; null: nothing.</summary>
    public IndexBuild? Building { get; init; }
}
