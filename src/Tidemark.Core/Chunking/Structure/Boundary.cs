namespace Tidemark.Chunking.Structure;

/// <summary>A place where the text may be cut.</summary>
/// <param name="Position">First code unit after the cut.</param>
/// <param name="Hash">Of the first words after the cut: the rank among boundaries of one level.</param>
/// <param name="Context">
/// Of a wider window around the cut: the rank among boundaries that open with the same words.
/// </param>
internal readonly record struct Boundary(int Position, BoundaryLevel Level, uint Hash, uint Context)
{
    /// <summary>Inside a paragraph, an item or a line.</summary>
    public bool IsInner => Level <= BoundaryLevel.Sentence;

    /// <summary>Which of two boundaries is stronger. Never the position: where it stands must not matter.</summary>
    public int CompareRank(in Boundary other)
    {
        if (Level != other.Level)
        {
            return Level.CompareTo(other.Level);
        }

        return Hash != other.Hash ? Hash.CompareTo(other.Hash) : Context.CompareTo(other.Context);
    }
}
