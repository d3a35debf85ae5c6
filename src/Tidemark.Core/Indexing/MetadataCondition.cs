namespace Tidemark.Indexing;

/// <summary>
/// What must hold of the metadata value under <paramref name="Key"/>, which is first a name, then a path into objects; of an
/// array, of one of its elements.
/// </summary>
/// <param name="Key">With dots it is a name if there is one, else a path.</param>
/// <param name="Values">
/// A text is equal to the string that it is, and to the number or boolean that it says (1.10 is 1.1 is 11e-1); null is equal to
/// null. For an order there is one, and for presence none.
/// </param>
public sealed record MetadataCondition(string Key, IReadOnlyList<string?> Values)
{
    /// <summary>How the value is compared.</summary>
    public MetadataTest Test { get; init; }

    /// <summary>Whether it can hold of a document without the key.</summary>
    public bool TakesAbsent => Test is MetadataTest.NoneOf or MetadataTest.Absent;
}
