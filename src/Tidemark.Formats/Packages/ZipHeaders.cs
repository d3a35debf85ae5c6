using System.Buffers.Binary;

namespace Tidemark.Formats;

/// <summary>
/// What an archive says twice of each entry, before its bytes and in the directory at its end (PKWARE's APPNOTE, 4.3.7 and 4.3.12). The
/// platform reads one of the two, other programs the other: where they differ, one of them has been changed.
/// </summary>
internal static class ZipHeaders
{
    private const int EndLength = 22, DirectoryLength = 46, LocalLength = 30;
    private const int SizesFollow = 8;

    /// <param name="archive">All of its bytes.</param>
    /// <param name="count">How many entries the directory has.</param>
    /// <returns>For each entry, in the order of the directory, what differs; null: nothing, or it is too large an archive to tell.</returns>
    public static string?[] Compare(ReadOnlySpan<byte> archive, int count)
    {
        var faults = new string?[count];
        var end = archive.LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > archive.Length)
        {
            return faults;
        }

        long at = Number(archive, end + 16);
        for (var i = 0; i < count && Has(archive, at, DirectoryLength, "PK\x01\x02"u8); i++)
        {
            var entry = archive[(int)at..];
            faults[i] = Compare(archive, entry);
            at += DirectoryLength + Short(entry, 28) + Short(entry, 30) + Short(entry, 32);
        }

        return faults;
    }

    private static string? Compare(ReadOnlySpan<byte> archive, ReadOnlySpan<byte> entry)
    {
        var offset = Number(entry, 42);
        if (offset == uint.MaxValue)
        {
            return null;
        }

        var length = Short(entry, 28);
        if (!Has(archive, offset, LocalLength + length, "PK\x03\x04"u8) || DirectoryLength + length > entry.Length)
        {
            return "the header";
        }

        var local = archive[(int)offset..];
        var follow = (Short(local, 6) & SizesFollow) != 0;
        return !IsSame(Number(local, 14), Number(entry, 16), follow) ? "the checksum"
            : !IsSame(Number(local, 18), Number(entry, 20), follow) || !IsSame(Number(local, 22), Number(entry, 24), follow) ? "the length"
            : Short(local, 8) != Short(entry, 10) ? "the way of packing"
            : Short(local, 26) != length
                || !local.Slice(LocalLength, length).SequenceEqual(entry.Slice(DirectoryLength, length)) ? "the name"
            : null;
    }

    /// <param name="follow">Whoever wrote it knew checksum and lengths only afterwards, and may have left 0 before the bytes.</param>
    private static bool IsSame(uint local, uint listed, bool follow) =>
        local == listed || local == uint.MaxValue || (follow && local == 0);

    private static bool Has(ReadOnlySpan<byte> archive, long at, int length, ReadOnlySpan<byte> signature) =>
        at + length <= archive.Length && archive[(int)at..].StartsWith(signature);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
