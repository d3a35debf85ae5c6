using System.Runtime.InteropServices;
using Shouldly;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Engine;

/// <summary>Which native SQLite is used where there are two, and what it must be able to do.</summary>
public sealed class SqliteLibraryTests
{
    /// <summary>The first with a remedy for CVE-2025-6965.</summary>
    private static readonly Version Mended = new(3, 50, 2);

    [Fact]
    public void The_one_in_use_has_no_known_hole()
    {
        using var files = new TemporaryStore();
        using var connection = SqliteConnection.Open(files.Path, SqliteOpenMode.Create, TimeSpan.Zero);
        using var statement = connection.Statement("SELECT sqlite_version()");
        statement.Step();

        Version.Parse(statement.GetText(0)).ShouldBeGreaterThanOrEqualTo(Mended);
    }

    [Fact]
    public void The_bundled_one_loads_and_its_mathematics_are_found()
    {
        using var files = new TemporaryStore();
        using var connection = SqliteConnection.Open(files.Path, SqliteOpenMode.Create, TimeSpan.Zero);

        NativeLibrary.TryLoad(SqliteLibrary.BundledName, typeof(SqliteLibrary).Assembly, null, out var bundled).ShouldBeTrue();
        SqliteLibrary.Choose(bundled, nint.Zero).ShouldBe(bundled);
        connection.Scalar("SELECT CAST(trunc(sqrt(17)) AS INTEGER)").ShouldBe(4);
    }

    [Fact]
    public void The_newer_of_two_is_chosen_whichever_it_is()
    {
        var (bundled, system) = Both();
        var older = VersionOf(bundled) >= VersionOf(system) ? system : bundled;
        var newer = older == bundled ? system : bundled;

        SqliteLibrary.Choose(newer, older).ShouldBe(newer);
        SqliteLibrary.Choose(older, newer).ShouldBe(newer);
    }

    [Fact]
    public void Where_the_bundled_one_does_not_load_the_system_s_serves()
    {
        var (_, system) = Both();

        SqliteLibrary.Choose(nint.Zero, system).ShouldBe(system);
    }

    [Fact]
    public void What_is_no_SQLite_is_not_chosen()
    {
        var (bundled, _) = Both();
        var other = NativeLibrary.Load("libc.so.6");

        SqliteLibrary.Choose(bundled, other).ShouldBe(bundled);
        SqliteLibrary.Choose(other, bundled).ShouldBe(bundled);
        SqliteLibrary.Choose(other, nint.Zero).ShouldBe(nint.Zero);
    }

    private static (nint Bundled, nint System) Both()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libsqlite3.so.0", out var system), "this machine has no SQLite of its own");
        return (NativeLibrary.Load(SqliteLibrary.BundledName, typeof(SqliteLibrary).Assembly, null), system);
    }

    private static unsafe int VersionOf(nint library) =>
        ((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "sqlite3_libversion_number"))();
}
