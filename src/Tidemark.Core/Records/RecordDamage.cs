namespace Tidemark.Records;

/// <summary>One thing that is not what it was when it was written.</summary>
/// <param name="Item">A document's id, or the part of the store.</param>
/// <param name="What">In which way, to follow the item's name in a sentence.</param>
/// <param name="Kind">Where it can come back from.</param>
public sealed record RecordDamage(string Item, string What, DamageKind Kind);
