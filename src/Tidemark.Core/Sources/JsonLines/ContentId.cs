using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// The id of a document that has none: the SHA-256 over source id, a zero byte, text, and, where there is metadata, a zero byte and
/// its canonical JSON; in lower-case hexadecimal digits. So two records of one source are one document if all of that is the same.
/// </summary>
internal static class ContentId
{
    public const int Length = 2 * SHA256.HashSizeInBytes;

    public static string Of(string sourceId, string text, DocumentMetadata metadata)
    {
        Span<byte> id = stackalloc byte[Length];
        Write(
            Encoding.UTF8.GetBytes(sourceId), Encoding.UTF8.GetBytes(text),
            metadata.IsEmpty ? default : Encoding.UTF8.GetBytes(metadata.Json), id);
        return Encoding.ASCII.GetString(id);
    }

    /// <summary>What releases up to 0.3 made: without the metadata. Null: it is the same.</summary>
    public static string? FormerOf(string sourceId, string text, DocumentMetadata metadata) =>
        metadata.IsEmpty ? null : Of(sourceId, text, DocumentMetadata.Empty);

    /// <param name="metadata">Canonical JSON; empty: there is none.</param>
    public static void Write(
        ReadOnlySpan<byte> sourceId, ReadOnlySpan<byte> text, ReadOnlySpan<byte> metadata, Span<byte> destination)
    {
        var length = sourceId.Length + 1 + text.Length + (metadata.IsEmpty ? 0 : 1 + metadata.Length);
        var content = ArrayPool<byte>.Shared.Rent(length);
        sourceId.CopyTo(content);
        content[sourceId.Length] = 0;
        text.CopyTo(content.AsSpan(sourceId.Length + 1));
        if (!metadata.IsEmpty)
        {
            content[length - metadata.Length - 1] = 0;
            metadata.CopyTo(content.AsSpan(length - metadata.Length));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(content);
        Convert.TryToHexStringLower(hash, destination, out _);
    }
}
