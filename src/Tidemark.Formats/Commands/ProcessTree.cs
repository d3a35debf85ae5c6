using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// Ends a process and all that it started. Those whose parents have ended already are no longer in its tree; on Linux they
/// are found by a mark in their environment, which they inherited.
/// </summary>
internal static class ProcessTree
{
    /// <summary>The environment variable with the mark of one run.</summary>
    public const string Mark = "TIDEMARK_EXTRACTION";

    public static void Kill(Process process, string mark)
    {
        Try(() => process.Kill(entireProcessTree: true));
        if (OperatingSystem.IsLinux())
        {
            KillMarked($"{Mark}={mark}\0");
        }
    }

    private static void KillMarked(string entry)
    {
        var wanted = Encoding.UTF8.GetBytes(entry);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId
                && IsMarked(Path.Combine(folder, "environ"), wanted))
            {
                Try(() =>
                {
                    using var left = Process.GetProcessById(id);
                    left.Kill();
                });
            }
        }
    }

    private static bool IsMarked(string path, byte[] wanted)
    {
        try
        {
            ReadOnlySpan<byte> following = (byte[])[0, .. wanted];
            var environment = File.ReadAllBytes(path).AsSpan();
            return environment.StartsWith(wanted) || environment.IndexOf(following) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another person's.
            return false;
        }
    }

    private static void Try(Action kill)
    {
        try
        {
            kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or ArgumentException or AggregateException
            or NotSupportedException)
        {
            // It has ended meanwhile.
        }
    }
}
