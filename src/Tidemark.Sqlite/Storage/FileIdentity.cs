using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Storage;

/// <summary>Which file a name leads to, so that another file under the same name is noticed.</summary>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint InodeOnly = 0x100;

    // Of struct statx (statx(2)), which is the same on every architecture.
    private const int Size = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <returns>Null where there is no file, or the system does not tell files apart.</returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> facts = stackalloc byte[Size];
        if (Stat(CurrentFolder, path, 0, InodeOnly, ref MemoryMarshal.GetReference(facts)) != 0)
        {
            return null;
        }

        return new FileIdentity(
            BitConverter.ToUInt64(facts[DeviceAt..]),
            BitConverter.ToUInt64(facts[InodeAt..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(int folder, string path, int flags, uint mask, ref byte facts);
}
