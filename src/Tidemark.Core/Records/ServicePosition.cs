namespace Tidemark.Records;

/// <summary>A place in a list of <see cref="ServiceEntry"/>, newest first: of equal times the greater key, by ordinal, comes first.</summary>
/// <param name="At">When the entry was written.</param>
/// <param name="Key">Its key.</param>
public readonly record struct ServicePosition(DateTimeOffset At, string Key);
