using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// The id of a document that has none: the SHA-256 over source id, a zero byte, and text, in lower-case hexadecimal
/// digits. So the same text in one source is one document.
/// </summary>
internal static class ContentId
{
    public const int Length = 2 * SHA256.HashSizeInBytes;

    public static string Of(string sourceId, string text)
    {
        Span<byte> id = stackalloc byte[Length];
        Write(Encoding.UTF8.GetBytes(sourceId), Encoding.UTF8.GetBytes(text), id);
        return Encoding.ASCII.GetString(id);
    }

    public static void Write(ReadOnlySpan<byte> sourceId, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = sourceId.Length + 1 + text.Length;
        var content = ArrayPool<byte>.Shared.Rent(length);
        sourceId.CopyTo(content);
        content[sourceId.Length] = 0;
        text.CopyTo(content.AsSpan(sourceId.Length + 1));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(content);
        Convert.TryToHexStringLower(hash, destination, out _);
    }
}
