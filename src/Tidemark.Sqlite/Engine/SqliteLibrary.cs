using System.Reflection;
using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// Chooses the native SQLite once per process: the bundled one, whose version and options are known and tested, unless Linux has
/// a library that is newer (it gets security fixes without a release of ours), or the bundled one does not load there (it is
/// made for a C library of its time).
/// </summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>The library that comes with the package, and the name under which functions are imported.</summary>
    public const string BundledName = "e_sqlite3";

    private const string SystemName = "libsqlite3.so.0";
    private const int OldestVersion = 3_035_000;
    private const int JsonBuiltInSince = 3_038_000;
    private static readonly Lock Gate = new();
    private static bool _loaded;

    public static void Load()
    {
        if (Volatile.Read(ref _loaded))
        {
            return;
        }

        lock (Gate)
        {
            if (!_loaded)
            {
                NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
                Volatile.Write(ref _loaded, true);
            }
        }
    }

    /// <returns>The second where it can be used and is newer than the first or the first cannot; else the first. Zero: none.</returns>
    internal static nint Choose(nint first, nint second)
    {
        var ours = UsableVersion(first);
        return UsableVersion(second) > ours ? second : ours > 0 ? first : nint.Zero;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, BundledName, StringComparison.Ordinal) || !OperatingSystem.IsLinux())
        {
            return nint.Zero; // zero: the default search, which finds the bundled library
        }

        _ = NativeLibrary.TryLoad(name, assembly, path, out var bundled);
        _ = NativeLibrary.TryLoad(SystemName, out var system);
        var chosen = Choose(bundled, system);
        foreach (var library in (ReadOnlySpan<nint>)[bundled, system])
        {
            if (library != nint.Zero && library != chosen)
            {
                NativeLibrary.Free(library);
            }
        }

        return chosen;
    }

    /// <returns>Zero: no SQLite, too old, without threads, full-text search or JSON.</returns>
    private static int UsableVersion(nint library)
    {
        if (library == nint.Zero
            || !NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var versionOf)
            || !NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadSafe)
            || !NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var optionUsed))
        {
            return 0;
        }

        var version = ((delegate* unmanaged[Cdecl]<int>)versionOf)();
        var used = (delegate* unmanaged[Cdecl]<byte*, int>)optionUsed;
        fixed (byte* fullText = "ENABLE_FTS5\0"u8, json = "ENABLE_JSON1\0"u8)
        {
            var usable = version >= OldestVersion
                && ((delegate* unmanaged[Cdecl]<int>)threadSafe)() != 0
                && used(fullText) != 0
                && (version >= JsonBuiltInSince || used(json) != 0);
            return usable ? version : 0;
        }
    }
}
