using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Documents;

/// <summary>A full SHA-256 (FIPS 180-4): 32 bytes, never shortened, ordered as its bytes are.</summary>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public ContentHash(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size, nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The first eight bytes, big-endian: a ready-made hash code and index prefix, never an identity.</summary>
    public ulong Prefix => _a;

    /// <summary>Whether it is no hash of anything: all bytes are zero.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>The hash of these bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return new ContentHash(hash);
    }

    /// <summary>The hash of the UTF-8 bytes of <paramref name="text"/>.</summary>
    public static ContentHash Of(ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = longest > 1024 ? System.Buffers.ArrayPool<byte>.Shared.Rent(longest) : null;
        var buffer = rented ?? stackalloc byte[1024];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        var hash = Of(buffer[..length]);
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    private ContentHash(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>With other first eight bytes.</summary>
    internal ContentHash WithPrefixMarked(ulong mark) => new(_a ^ mark, _b, _c, _d);

    /// <summary>Whether all bytes but the first eight are equal.</summary>
    internal bool HasTailOf(ContentHash other) => (_b, _c, _d) == (other._b, other._c, other._d);

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Orders as the bytes are ordered.</summary>
    public int CompareTo(ContentHash other) =>
        (_a, _b, _c, _d).CompareTo((other._a, other._b, other._c, other._d));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <inheritdoc/>
    public override int GetHashCode() => _a.GetHashCode();
}
