using System.Buffers.Binary;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What tells two states of a file apart without reading it; times in nanoseconds since 1970.</summary>
/// <param name="ChangeTime">Zero where the system does not tell.</param>
/// <param name="Inode">Zero where the system does not tell.</param>
internal readonly record struct FileStamp(long Size, long ModifyTime, long ChangeTime, ulong Inode)
{
    /// <summary>
    /// The kernel stamps files with a clock that moves in steps of up to 10 ms, so a file can change twice under one
    /// stamp.
    /// </summary>
    private const long ClockStep = 20_000_000;

    /// <summary>The file's mtime; null where the system does not tell, or tells what no calendar has.</summary>
    public DateTimeOffset? ModifiedAt =>
        ModifyTime > 0 ? DateTimeOffset.UnixEpoch.AddTicks(ModifyTime / 100) : null;

    /// <summary>None where nothing is known of the file.</summary>
    /// <param name="reading">What stands for the way in which files are read: another way, another token.</param>
    public ChangeToken TokenFor(ulong reading)
    {
        if ((Size | ModifyTime | ChangeTime | (long)Inode) == 0)
        {
            return ChangeToken.None;
        }

        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)Size ^ reading);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], ModifyTime);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], ChangeTime);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Inode);
        return new ChangeToken(new ContentHash(bytes));
    }

    /// <summary>
    /// The file could still change at <paramref name="moment"/> or later without its stamp changing (git calls such an
    /// entry racy): its token must not be trusted.
    /// </summary>
    public bool IsRacy(DateTimeOffset moment)
    {
        var nanoseconds = (moment - DateTimeOffset.UnixEpoch).Ticks * 100;
        return Math.Max(ModifyTime, ChangeTime) >= nanoseconds - ClockStep;
    }
}
