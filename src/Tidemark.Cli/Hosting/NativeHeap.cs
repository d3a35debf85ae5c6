using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>The C library's heap, from which SQLite takes its memory.</summary>
internal static partial class NativeHeap
{
    private const int MostArenas = -8; // M_ARENA_MAX of malloc.h

    /// <summary>
    /// glibc gives each thread a heap of its own, and what one thread frees no other gets: a long run that is carried on by
    /// many threads would hold twice the memory that it uses. One heap for all costs no time here. Other C libraries have
    /// but one.
    /// </summary>
    public static void Share()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MostArenas, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
