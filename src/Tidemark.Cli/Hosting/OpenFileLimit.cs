using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// How many files the process may have open at once. With too few the runtime itself ends the process, or types of it fail, before
/// anybody could say why.
/// </summary>
internal static partial class OpenFileLimit
{
    /// <summary>A program that is compiled while it runs opens its libraries one by one.</summary>
    internal static readonly ulong Least = RuntimeFeature.IsDynamicCodeSupported ? 128u : 64u;

    private const int OfLinux = 7;
    private const int OfMac = 8;

    /// <returns>Null: it is enough, or cannot be told.</returns>
    public static TidemarkException? Refusal() => Find() is { } limit && limit < Least
        ? new TidemarkException(
            ErrorCodes.StoreFailed,
            $"this process may have {limit} files open at once, and needs {Least}",
            "raise the limit: ulimit -n 1024 (of a service: LimitNOFILE=1024); nothing was touched")
        : null;

    private static ulong? Find()
    {
        var resource = OperatingSystem.IsLinux() ? OfLinux : OperatingSystem.IsMacOS() ? OfMac : -1;
        return resource >= 0 && GetLimit(resource, out var limit) == 0 ? limit.Soft : null;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int resource, out Limits limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
