using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The name under which a database was last opened to be written, kept at the file itself (an extended attribute): the log of a writer that
/// was killed lies beside that name. Where the file system keeps none, nothing is known.
/// </summary>
internal static partial class NameMark
{
    private const string Attribute = "user.tidemark.name";
    private const int LongestPath = 4096;

    [SupportedOSPlatformGuard("linux")]
    private static bool IsSupported => OperatingSystem.IsLinux();

    public static string? Read(SafeFileHandle file)
    {
        Span<byte> value = stackalloc byte[LongestPath];
        return IsSupported && Get(file, Attribute, value, (nuint)value.Length) is > 0 and var length
            ? Encoding.UTF8.GetString(value[..(int)length])
            : null;
    }

    /// <param name="file">Open for whatever.</param>
    /// <param name="path">Its absolute path.</param>
    public static void Write(SafeFileHandle file, string path)
    {
        var value = Encoding.UTF8.GetBytes(path);
        if (IsSupported && value.Length <= LongestPath)
        {
            _ = Set(file, Attribute, value, (nuint)value.Length, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "fgetxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Get(SafeFileHandle file, string name, Span<byte> value, nuint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(SafeFileHandle file, string name, ReadOnlySpan<byte> value, nuint size, int flags);
}
