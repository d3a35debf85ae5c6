using System.Runtime.InteropServices;

namespace Tidemark.Sources;

/// <summary>inotify(7), poll(2) and read(2).</summary>
internal static unsafe partial class InotifyCalls
{
    public const uint Modified = 0x2, Attributes = 0x4, Written = 0x8, MovedFrom = 0x40, MovedTo = 0x80, Created = 0x100, Deleted = 0x200,
        SelfDeleted = 0x400, SelfMoved = 0x800, Unmounted = 0x2000, Overflow = 0x4000, Ignored = 0x8000;

    public const uint IsFolder = 0x4000_0000;

    /// <summary>IN_ONLYDIR | IN_EXCL_UNLINK and whatever may change what a listing gives.</summary>
    public const uint Everything = 0x0100_0000 | 0x0400_0000
        | Modified | Attributes | Written | MovedFrom | MovedTo | Created | Deleted | SelfDeleted | SelfMoved;

    /// <summary>IN_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    public const short Readable = 1;

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int Open(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true)]
    public static partial int Add(int descriptor, byte* path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int Remove(int descriptor, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollRequest
    {
        public int Descriptor;
        public short Wanted;
        public short Got;
    }
}
