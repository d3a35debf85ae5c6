namespace Tidemark.Chunking.Structure;

/// <summary>What a scan found: the boundaries in order of position, and the headings.</summary>
internal sealed class Outline
{
    private const int LargestKept = 1 << 14;

    private readonly WordGaps _gaps = new();

    public List<Boundary> Boundaries { get; } = [];

    public List<HeadingMark> Headings { get; } = [];

    /// <summary>Whether the lists are small enough to be worth keeping for the next document.</summary>
    public bool IsReusable => Boundaries.Capacity <= LargestKept && Headings.Capacity <= LargestKept;

    public void Clear()
    {
        Boundaries.Clear();
        Headings.Clear();
        _gaps.Clear();
    }

    /// <param name="hashFrom">Where the text starts that ranks the boundary.</param>
    public void Add(string text, int position, BoundaryLevel level, int hashFrom)
    {
        if (Boundaries.Count == 0 || Boundaries[^1].Position < position)
        {
            Boundaries.Add(new Boundary(
                position, level, BoundaryHash.OfWords(text, hashFrom, _gaps), BoundaryHash.OfContext(text, position)));
        }
    }

    /// <summary>
    /// An underline makes the paragraph a heading: its boundary is raised, those inside it fall away.
    /// </summary>
    public void Raise(int index, BoundaryLevel level)
    {
        Boundaries.RemoveRange(index + 1, Boundaries.Count - index - 1);
        Boundaries[index] = Boundaries[index] with { Level = level };
    }
}
