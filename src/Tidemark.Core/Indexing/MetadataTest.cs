namespace Tidemark.Indexing;

/// <summary>
/// How a metadata value is compared. In order, numbers come as numbers, dates as moments (a day, month or year is all of it),
/// and other strings by ordinal comparison; what cannot be compared does not match.
/// </summary>
public enum MetadataTest
{
    /// <summary>Equal to one of the values.</summary>
    AnyOf,

    /// <summary>The opposite: equal to none of them, or not there.</summary>
    NoneOf,

    /// <summary>Less than the value.</summary>
    Less,

    /// <summary>Not greater than the value.</summary>
    AtMost,

    /// <summary>Greater than the value.</summary>
    Greater,

    /// <summary>Not less than the value.</summary>
    AtLeast,

    /// <summary>The key is there, whatever its value; null is one.</summary>
    Present,

    /// <summary>The key is not there.</summary>
    Absent,
}
