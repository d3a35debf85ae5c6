namespace Tidemark.Sqlite.Applying;

/// <param name="entries">As the layout's writer packed them.</param>
/// <param name="tokens">Estimated tokens of all its chunks.</param>
internal readonly ref struct LayoutContent(ReadOnlySpan<byte> entries, long tokens)
{
    public ReadOnlySpan<byte> Entries { get; } = entries;

    public long Tokens { get; } = tokens;
}
