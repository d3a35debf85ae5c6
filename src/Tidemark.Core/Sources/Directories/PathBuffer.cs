namespace Tidemark.Sources;

/// <summary>The path that a walk stands at, in the system's bytes.</summary>
internal sealed class PathBuffer(byte[] start)
{
    private byte[] _bytes = start;

    public int Length { get; private set; } = start.Length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Goes back to the first <paramref name="length"/> bytes and from there down to <paramref name="name"/>.</summary>
    public void Descend(int length, ReadOnlySpan<byte> name)
    {
        var needed = length + 1 + name.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        _bytes[length] = (byte)'/';
        name.CopyTo(_bytes.AsSpan(length + 1));
        Length = needed;
    }
}
