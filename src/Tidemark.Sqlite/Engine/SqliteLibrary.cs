using System.Reflection;
using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// Chooses the native SQLite once per process: on Linux the distribution's library (it gets security fixes without a new
/// release of ours) if it is new enough and has full-text search, else the bundled one.
/// </summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>The library that comes with the package, and the name under which functions are imported.</summary>
    public const string BundledName = "e_sqlite3";

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

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        string.Equals(name, BundledName, StringComparison.Ordinal)
        && OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libsqlite3.so.0", out var system)
        && IsGoodEnough(system)
            ? system
            : nint.Zero; // zero: the default search, which finds the bundled library

    private static bool IsGoodEnough(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var versionOf)
            || !NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadSafe)
            || !NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var optionUsed))
        {
            return false;
        }

        var version = ((delegate* unmanaged[Cdecl]<int>)versionOf)();
        var used = (delegate* unmanaged[Cdecl]<byte*, int>)optionUsed;
        fixed (byte* fullText = "ENABLE_FTS5\0"u8, json = "ENABLE_JSON1\0"u8)
        {
            return version >= OldestVersion
                && ((delegate* unmanaged[Cdecl]<int>)threadSafe)() != 0
                && used(fullText) != 0
                && (version >= JsonBuiltInSince || used(json) != 0);
        }
    }
}
