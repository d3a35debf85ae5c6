using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Documents;

/// <summary>
/// A number beside a stored row by which damage to the row shows: the first eight bytes of the SHA-256 (FIPS 180-4) over its values.
/// Not an identity, and no protection against somebody who writes seals of his own. Pure.
/// </summary>
public static class Seal
{
    /// <summary>Of what a reader sees of a live document, beside its text.</summary>
    /// <param name="id">Unique in its namespace.</param>
    /// <param name="sourceId">The group that incremental cleanup works on.</param>
    /// <param name="source">The store's number of its source.</param>
    /// <param name="textHash">SHA-256 of its text.</param>
    /// <param name="metadata">Canonical.</param>
    /// <param name="expiresAt">Null: never.</param>
    /// <param name="tier">Null: standard.</param>
    /// <param name="version">What orders its states; null: as rows were sealed before that was under the seal.</param>
    public static long OfDocument(
        string id,
        string sourceId,
        long source,
        ContentHash textHash,
        DocumentMetadata metadata,
        DateTimeOffset? expiresAt,
        string? tier,
        DocumentVersion? version)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(sourceId);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, id);
        Add(hash, sourceId);
        Add(hash, source);
        hash.AppendData(textHash.ToArray());
        Add(hash, metadata.Json);
        Add(hash, expiresAt?.UtcTicks ?? -1);
        Add(hash, tier ?? "");
        if (version is { } known)
        {
            AddOptional(hash, known.Number);
            AddOptional(hash, known.ModifiedAt?.UtcTicks);
        }

        return Take(hash);
    }

    /// <summary>Of a vector and the input that it is of.</summary>
    public static long OfVector(ContentHash input, ReadOnlySpan<float> vector)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(input.ToArray());
        hash.AppendData(MemoryMarshal.AsBytes(vector));
        return Take(hash);
    }

    /// <summary>Of a chunk whose input is not its text (normalised hashing).</summary>
    public static long OfText(ContentHash input, ReadOnlySpan<byte> utf8)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(input.ToArray());
        hash.AppendData(utf8);
        return Take(hash);
    }

    /// <summary>Of a change that waits in the queue.</summary>
    /// <param name="source">The name of its source.</param>
    /// <param name="document">The document's id.</param>
    /// <param name="sourceId">The group that it belongs to.</param>
    /// <param name="version">What orders it among others of the document.</param>
    /// <param name="payload">What it says, in UTF-8.</param>
    public static long OfChange(string source, string document, string sourceId, DocumentVersion version, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(sourceId);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, source);
        Add(hash, document);
        Add(hash, sourceId);
        AddOptional(hash, version.Number);
        AddOptional(hash, version.ModifiedAt?.UtcTicks);
        hash.AppendData(payload);
        return Take(hash);
    }

    /// <summary>Of a store's own bytes.</summary>
    public static long OfBytes(ReadOnlySpan<byte> bytes) => unchecked((long)ContentHash.Of(bytes).Prefix);

    /// <summary>Whether a chunk's text is the one whose input was hashed.</summary>
    /// <param name="input">SHA-256 of its embedding input.</param>
    /// <param name="utf8">Its text.</param>
    /// <param name="seal">Null: the input is the text; <see cref="None"/>: nothing is known.</param>
    public static bool Holds(ContentHash input, ReadOnlySpan<byte> utf8, long? seal) => seal switch
    {
        null => ContentHash.Of(utf8) == input,
        None => true,
        _ => OfText(input, utf8) == seal,
    };

    /// <summary>Of rows written before there were seals.</summary>
    public const long None = 0;

    private static void Add(IncrementalHash hash, string text)
    {
        Add(hash, text.Length);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void AddOptional(IncrementalHash hash, long? number)
    {
        Add(hash, number is null ? 0 : 1);
        Add(hash, number ?? 0);
    }

    private static long Take(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
