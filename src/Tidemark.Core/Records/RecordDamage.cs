namespace Tidemark.Records;

/// <summary>One thing that is not what it was when it was written.</summary>
/// <param name="Item">A document's id, or the part of the store.</param>
/// <param name="What">In which way, to follow the item's name in a sentence.</param>
public sealed record RecordDamage(string Item, string What)
{
    /// <summary>Rows that no live document owns, which go once nothing else is damaged.</summary>
    public bool IsRemnant { get; init; }
}
