namespace Tidemark.Indexing;

/// <summary>All conditions must hold.</summary>
public sealed record MetadataFilter(IReadOnlyList<MetadataCondition> Conditions)
{
    /// <summary>Lets everything pass.</summary>
    public static MetadataFilter None { get; } = new([]);

    /// <summary>Whether everything passes.</summary>
    public bool IsEmpty => Conditions.Count == 0;
}

/// <summary>
/// The metadata value under <paramref name="Key"/> is any of <paramref name="Values"/>: a string as it is, a number or
/// boolean by its JSON text, an array if one of its elements is. A key with dots is first a name, then a path.
/// </summary>
public sealed record MetadataCondition(string Key, IReadOnlyList<string> Values);
