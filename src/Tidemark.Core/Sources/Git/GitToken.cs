using System.Buffers.Binary;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>A blob's id as a change token: what has the same id has the same bytes.</summary>
internal static class GitToken
{
    /// <param name="id">20 or 32 bytes, in hexadecimal digits.</param>
    /// <param name="reading">What stands for the way in which files are read: another way, another token.</param>
    public static ChangeToken Of(ReadOnlySpan<byte> id, ulong reading)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        Convert.FromHexString(Encoding.ASCII.GetString(id)).CopyTo(bytes);
        if (id.Length < 2 * ContentHash.Size)
        {
            // The first eight bytes are the reading's; those of a short id stand behind it all the same.
            bytes[..24].CopyTo(bytes[8..]);
            "git:blob"u8.CopyTo(bytes);
            "sha1"u8.CopyTo(bytes[28..]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ reading);
        return new ChangeToken(new ContentHash(bytes));
    }
}
