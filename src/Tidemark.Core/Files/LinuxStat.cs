using System.Runtime.InteropServices;

namespace Tidemark.Files;

/// <summary>The part of <c>struct statx</c> (statx(2)) that is read; the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct LinuxStat
{
    private const int TypeMask = 0xF000;

    [FieldOffset(16)]
    public uint Names;

    [FieldOffset(20)]
    public uint Owner;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public long Size;

    [FieldOffset(96)]
    public long ChangeSeconds;

    [FieldOffset(104)]
    public uint ChangeNanoseconds;

    [FieldOffset(112)]
    public long ModifySeconds;

    [FieldOffset(120)]
    public uint ModifyNanoseconds;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    public readonly ulong Device => ((ulong)DeviceMajor << 32) | DeviceMinor;

    public readonly FileType Type => TypeOf(Mode);

    public readonly long ModifyTime => Nanoseconds(ModifySeconds, ModifyNanoseconds);

    public readonly long ChangeTime => Nanoseconds(ChangeSeconds, ChangeNanoseconds);

    /// <summary>Every Unix counts the kinds of files alike.</summary>
    public static FileType TypeOf(int mode) => (mode & TypeMask) switch
    {
        0x8000 => FileType.File,
        0x4000 => FileType.Folder,
        0xA000 => FileType.Link,
        _ => FileType.Other,
    };

    /// <summary>Wraps around for times beyond the year 2262, which still tells two of them apart.</summary>
    private static long Nanoseconds(long seconds, uint rest) => unchecked((seconds * 1_000_000_000) + rest);
}
