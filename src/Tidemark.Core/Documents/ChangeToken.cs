namespace Tidemark.Documents;

/// <summary>
/// What a source can say cheaply about an item without reading it (for a file: size, mtime, ctime, inode; for a line of
/// JSON: the hash of its bytes). 32 opaque bytes: equal to the stored one means unchanged; <see cref="None"/> equals
/// nothing, so the item is read again.
/// </summary>
public readonly record struct ChangeToken(ContentHash Value)
{
    /// <summary>Of a document that was brought back: no source has it, so whatever lists the document is read, and until then no cleanup takes it.</summary>
    public static ChangeToken Restored { get; } = new(ContentHash.Of("brought back by hand, and not listed since"));

    /// <summary>Says nothing: what has it is read every time.</summary>
    public static ChangeToken None => default;

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Value.IsZero;

    /// <summary>
    /// Whether both are of one state of a file that is read in different ways: how it is read is part of the first eight bytes of a file's
    /// token, its times and its inode are the rest. Of other tokens, which are hashes, this never holds.
    /// </summary>
    public bool IsOtherReadingOf(ChangeToken stored) =>
        !IsNone && !stored.IsNone && Value.Prefix != stored.Value.Prefix && Value.HasTailOf(stored.Value);

    /// <summary>Whether an item that has this token now is as it was when <paramref name="stored"/> was taken.</summary>
    public bool Proves(ChangeToken stored) => !IsNone && Value == stored.Value;
}
