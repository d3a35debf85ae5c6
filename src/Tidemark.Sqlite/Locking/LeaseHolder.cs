using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Tidemark.Sqlite.Locking;

/// <summary>Who holds a lease: one line in the lock file, for the message that the others get.</summary>
internal sealed partial record LeaseHolder(int ProcessId, DateTimeOffset Since)
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    public static LeaseHolder Of(TimeProvider clock) => new(Environment.ProcessId, clock.GetUtcNow());

    /// <returns>Null where it cannot be told (being written, or not on Linux).</returns>
    public static LeaseHolder? ReadFrom(string path)
    {
        var parts = ReadLocked(path).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var process)
            && DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, out var since)
                ? new LeaseHolder(process, since)
                : null;
    }

    public override string ToString() =>
        $"{ProcessId.ToString(CultureInfo.InvariantCulture)} {Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";

    /// <summary>The runtime's own way of opening a file asks for a shared lock, which the holder's lock denies.</summary>
    private static string ReadLocked(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "";
        }

        var file = Open(path, ReadOnlyCloseOnExec);
        if (file < 0)
        {
            return "";
        }

        Span<byte> buffer = stackalloc byte[128];
        var length = Read(file, ref MemoryMarshal.GetReference(buffer), buffer.Length);
        _ = Close(file);
        return length > 0 ? Encoding.ASCII.GetString(buffer[..(int)length]) : "";
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int file, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
