using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>What a stat tells of one path.</summary>
internal readonly record struct FileState(EntryKind Kind, FileStamp Stamp, FolderIdentity Identity)
{
    public static FileState Of(LinuxStat stat) => new(
        KindOf(stat.Type),
        new FileStamp(stat.Size, stat.ModifyTime, stat.ChangeTime, stat.Inode),
        new FolderIdentity(stat.Device, stat.Inode));

    public static EntryKind KindOf(FileType type) => type switch
    {
        FileType.File => EntryKind.File,
        FileType.Folder => EntryKind.Folder,
        FileType.Link => EntryKind.Link,
        _ => EntryKind.Other,
    };
}

/// <summary>What a folder is, whatever the path to it; all zero where the system does not tell.</summary>
internal readonly record struct FolderIdentity(ulong Device, ulong Inode);

internal enum EntryKind : byte
{
    Unknown,
    File,
    Folder,
    Link,

    /// <summary>A device, a pipe, a socket: never opened.</summary>
    Other,
}
