namespace Tidemark.Adopting;

/// <summary>
/// Rows of another system by what became of them: <c>Rows = Taken + Present + Duplicates + WithoutText + WithoutVector + Blank +
/// OtherDimensions + Invalid + Contradicting</c>. The rest tells of rows that were taken.
/// </summary>
public sealed record AdoptionCounts
{
    /// <summary>All that were read.</summary>
    public long Rows { get; init; }

    /// <summary>Stored now, or would be.</summary>
    public long Taken { get; init; }

    /// <summary>The store had a vector of that very text before.</summary>
    public long Present { get; init; }

    /// <summary>Their text had come before in the same origin.</summary>
    public long Duplicates { get; init; }

    /// <summary>They have no text.</summary>
    public long WithoutText { get; init; }

    /// <summary>They have no vector.</summary>
    public long WithoutVector { get; init; }

    /// <summary>Their text shows nothing; no such text is embedded.</summary>
    public long Blank { get; init; }

    /// <summary>Their vector has other dimensions than the space.</summary>
    public long OtherDimensions { get; init; }

    /// <summary>They cannot be read, or their vector is zero or not finite.</summary>
    public long Invalid { get; init; }

    /// <summary>Their vector is not near the one that there is of the same text, which stays.</summary>
    public long Contradicting { get; init; }

    /// <summary>Of those taken: begun with the document prefix of the space, which is not part of the key.</summary>
    public long Prefixed { get; init; }

    /// <summary>Of those taken: with white space at an end, which a chunk of ours must have as well to be found.</summary>
    public long Padded { get; init; }

    /// <summary>Of those taken: cut to the dimensions of the space.</summary>
    public long Shortened { get; init; }

    /// <summary>Of those taken: brought to unit length, as the space has it.</summary>
    public long Rescaled { get; init; }

    /// <summary>Of those taken: kept there in half precision.</summary>
    public long Half { get; init; }
}
