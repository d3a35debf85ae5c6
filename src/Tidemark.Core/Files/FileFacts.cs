using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Files;

/// <summary>What the system tells of one file, beyond what the platform's classes do.</summary>
/// <param name="Owner">The user that it belongs to; null where the system does not tell.</param>
/// <param name="Device">Zero where the system does not tell.</param>
/// <param name="Inode">Zero where the system does not tell.</param>
/// <param name="Names">How many names (hard links) it has.</param>
public readonly record struct FileFacts(FileType Type, long Size, uint? Owner, ulong Device, ulong Inode, uint Names)
{
    private const int NoEntry = 2, NotFolder = 20;

    /// <summary>The user that this process acts for; null where the system does not tell.</summary>
    public static uint? CurrentUser => OperatingSystem.IsLinux() ? LinuxCalls.User() : null;

    /// <summary>Whether both are of one file, by whatever names; false where the system does not tell.</summary>
    public bool IsOfSameFile(FileFacts other) => Inode > 0 && (Device, Inode) == (other.Device, other.Inode);

    /// <param name="path">Of whatever kind; it is not opened.</param>
    /// <param name="follow">False: of a link itself.</param>
    /// <returns>Null: there is nothing.</returns>
    /// <exception cref="IOException">It cannot be told, for instance because of a folder that may not be entered.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static unsafe FileFacts? Of(string path, bool follow)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Portable(path, follow);
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            LinuxStat stat;
            if (LinuxCalls.Stat(
                LinuxCalls.CurrentFolder, name, follow ? 0 : LinuxCalls.NoFollow, LinuxCalls.BasicStats, &stat) == 0)
            {
                return Of(stat);
            }
        }

        var code = Marshal.GetLastPInvokeError();
        return code is NoEntry or NotFolder ? null : throw SystemFault.Of(code);
    }

    /// <summary>Of what was opened, whatever has become of its name.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public static unsafe FileFacts Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            var type = (OperatingSystem.IsMacOS() ? MacCalls.TypeOf(file) : null) ?? FileType.File;
            return new FileFacts(type, type == FileType.File ? RandomAccess.GetLength(file) : 0, null, 0, 0, 1);
        }

        LinuxStat stat;
        byte nothing = 0;
        return LinuxCalls.Stat(
            (int)file.DangerousGetHandle(), &nothing, LinuxCalls.EmptyPath, LinuxCalls.BasicStats, &stat) == 0
            ? Of(stat)
            : throw SystemFault.Of(Marshal.GetLastPInvokeError());
    }

    private static FileFacts Of(LinuxStat stat) =>
        new(stat.Type, stat.Size, stat.Owner, stat.Device, stat.Inode, stat.Names);

    private static FileFacts? Portable(string path, bool follow)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return (entry, entry.LinkTarget) switch
        {
            (_, not null) when !follow => new FileFacts(FileType.Link, 0, null, 0, 0, 1),
            (DirectoryInfo, _) => new FileFacts(FileType.Folder, 0, null, 0, 0, 1),
            (FileInfo { Exists: true } file, _) => new FileFacts(TypeOnMac(path, follow) ?? FileType.File, file.Length, null, 0, 0, 1),
            _ => null,
        };
    }

    private static unsafe FileType? TypeOnMac(string path, bool follow)
    {
        if (!OperatingSystem.IsMacOS())
        {
            return null;
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return MacCalls.TypeOf(name, follow);
        }
    }
}
