using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>The deterministic public id of a chunk.</summary>
public static class ChunkId
{
    /// <summary>
    /// 64 hexadecimal digits: SHA-256 over the UTF-8 of the document's id, a zero byte, the 32 bytes of the input hash and
    /// the occurrence as four big-endian bytes.
    /// </summary>
    public static string Of(string document, ContentHash input, int occurrence)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(document));
        Span<byte> tail = stackalloc byte[1 + ContentHash.Size + sizeof(int)];
        tail[0] = 0;
        input.CopyTo(tail[1..]);
        BinaryPrimitives.WriteInt32BigEndian(tail[(1 + ContentHash.Size)..], occurrence);
        sha.AppendData(tail);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
