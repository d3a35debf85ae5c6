using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// Which of the three standard streams the process was started with. Where one is closed, its number is free, and the next file
/// that anybody opens gets it: a store would be written to as if it were the terminal.
/// </summary>
internal static partial class StandardDescriptors
{
    private const int GetFlags = 1;
    private const int GetStatus = 3;
    private const int CloseOnExec = 1;
    private const int AccessMode = 3;
    private const int WriteOnly = 1;
    private const int ReadWriteCloseOnExec = 0x80000 | 2;

    /// <summary>Takes the free ones, so that nothing else gets them.</summary>
    public static void Reserve()
    {
        for (var descriptor = 0; OperatingSystem.IsLinux() && descriptor <= 2; descriptor++)
        {
            if (Control(descriptor, GetFlags) < 0)
            {
                _ = Open("/dev/null", ReadWriteCloseOnExec);
            }
        }
    }

    /// <summary>
    /// What was inherited is never marked to be closed when another program starts, or it would not have been; what this process
    /// opened for itself always is.
    /// </summary>
    public static bool IsInherited(int descriptor) =>
        !OperatingSystem.IsLinux() || (Control(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0);

    /// <summary>False: whoever opened it did so for writing alone.</summary>
    public static bool IsReadable(int descriptor) =>
        !OperatingSystem.IsLinux() || (Control(descriptor, GetStatus) & AccessMode) != WriteOnly;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
