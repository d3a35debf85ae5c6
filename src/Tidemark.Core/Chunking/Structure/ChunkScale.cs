namespace Tidemark.Chunking.Structure;

/// <summary>Every length that moves a boundary, in UTF-16 code units, as a share of the size to aim at.</summary>
internal readonly record struct ChunkScale(int Target)
{
    /// <summary>
    /// No chunk is shorter, but the only one of a short document and those that the byte bound forces.
    /// </summary>
    public int Min => Target * 5 / 16;

    /// <summary>No chunk is longer, long white space aside.</summary>
    public int Max => Target * 15 / 4;

    /// <summary>A document up to this length is one chunk: cut in two, its halves would be far below the target.</summary>
    public int MaxUncut => Target * 3 / 2;

    /// <summary>
    /// A document up to five times the target is cut into no more pieces than its length has of this: so one that grows
    /// past <see cref="MaxUncut"/> is cut in two or three, and gets its further boundaries one by one.
    /// </summary>
    public int MostPieces(int content) => content > Target * 5 ? int.MaxValue : content / (Target * 7 / 10);

    /// <summary>
    /// A fence or table up to this length is never cut. At most <see cref="Max"/> less twice <see cref="Min"/>: then
    /// every piece over the maximum has a boundary that leaves neither side under the minimum.
    /// </summary>
    public int MaxWhole => Target * 3;

    /// <summary>A line longer than this without an end of a sentence may be cut at words.</summary>
    public int MaxUnbroken => Target * 5 / 4;

    /// <summary>How far a boundary inside a paragraph must be from the start of any block.</summary>
    public int InnerReach => Target * 63 / 100;

    /// <summary>
    /// How far a boundary must be from every stronger one to be taken. A high rank needs less room than a low one: so
    /// the mean size does not jump where paragraphs of one length happen to be just over or under a fixed distance.
    /// </summary>
    public int Reach(in Boundary boundary)
    {
        var (least, most) = boundary.Level switch
        {
            >= BoundaryLevel.Transition => (Target * 33 / 80, Target * 42 / 80),
            >= BoundaryLevel.Introduced => (Target * 32 / 80, Target * 66 / 80),
            >= BoundaryLevel.DeepItem => (Target * 33 / 80, Target * 60 / 80),
            _ => (Target * 38 / 80, Target * 56 / 80),
        };
        return most - (int)((ulong)(most - least) * boundary.Hash >> 32);
    }
}
