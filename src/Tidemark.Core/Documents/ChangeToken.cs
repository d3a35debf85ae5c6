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
    /// Whether both are of one state of an item that is read in different ways, or was judged by other rules: that is part of the first eight
    /// bytes of a token, and of a file its times and its inode are the rest.
    /// </summary>
    public bool IsOtherReadingOf(ChangeToken stored) =>
        !IsNone && !stored.IsNone && Value.Prefix != stored.Value.Prefix && Value.HasTailOf(stored.Value);

    /// <summary>The same state, looked at in a way that has this mark: it proves nothing under another one. Zero changes nothing.</summary>
    internal ChangeToken MarkedBy(ulong mark) => IsNone || mark == 0 ? this : new ChangeToken(Value.WithPrefixMarked(mark));

    /// <summary>Whether an item that has this token now is as it was when <paramref name="stored"/> was taken.</summary>
    public bool Proves(ChangeToken stored) => !IsNone && Value == stored.Value;
}
