namespace Tidemark.Adopting;

/// <summary>Why a row is not taken.</summary>
internal enum RowRefusal
{
    /// <summary>It has no text.</summary>
    WithoutText,

    /// <summary>It has no vector.</summary>
    WithoutVector,

    /// <summary>Its text shows nothing.</summary>
    Blank,

    /// <summary>Its vector has other dimensions than the space.</summary>
    OtherDimensions,

    /// <summary>It cannot be read, or its vector can be nobody's.</summary>
    Invalid,

    /// <summary>There is another vector of its text.</summary>
    Contradicting,
}
