namespace Tidemark.Documents;

/// <summary>
/// What a source can say cheaply about an item without reading it (for a file: size, mtime, ctime, inode; for a line of
/// JSON: the hash of its bytes). 32 opaque bytes: equal to the stored one means unchanged; <see cref="None"/> equals
/// nothing, so the item is read again.
/// </summary>
public readonly record struct ChangeToken(ContentHash Value)
{
    public static ChangeToken None => default;

    public bool IsNone => Value.IsZero;

    public bool Proves(ChangeToken stored) => !IsNone && Value == stored.Value;
}
