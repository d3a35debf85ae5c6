using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// A change token for a document that brings none: the SHA-256 of everything in it, each part behind its length.
/// </summary>
internal static class DocumentToken
{
    public static ChangeToken Of(Document document)
    {
        if (!document.Token.IsNone)
        {
            return document.Token;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, document.SourceId);
        Add(hash, document.Text);
        Add(hash, document.Metadata.Json);
        Add(hash, document.Version);
        Add(hash, document.ExpiresAt?.UtcTicks);
        Add(hash, document.Tier);
        Add(hash, document.Embedding);
        Add(hash, document.Chunks?.Count);
        foreach (var chunk in document.Chunks ?? [])
        {
            Add(hash, chunk.Text);
            Add(hash, chunk.Heading);
            Add(hash, chunk.Embedding);
        }

        return End(hash);
    }

    public static ChangeToken Of(DocumentChange.Delete delete)
    {
        if (!delete.Token.IsNone)
        {
            return delete.Token;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "deleted");
        Add(hash, delete.SourceId);
        Add(hash, delete.Version);
        return End(hash);
    }

    private static ChangeToken End(IncrementalHash hash)
    {
        Span<byte> value = stackalloc byte[ContentHash.Size];
        hash.GetHashAndReset(value);
        return new ChangeToken(new ContentHash(value));
    }

    private static void Add(IncrementalHash hash, DocumentVersion version)
    {
        Add(hash, version.Number);
        Add(hash, version.ModifiedAt?.UtcTicks);
    }

    private static void Add(IncrementalHash hash, OwnEmbedding? embedding)
    {
        Add(hash, embedding?.Space);
        Add(hash, embedding?.Vector.Length);
        hash.AppendData(MemoryMarshal.AsBytes(embedding is null ? default : embedding.Vector.Span));
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        Add(hash, text is null ? null : bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long? number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = number is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number ?? 0);
        hash.AppendData(bytes);
    }
}
