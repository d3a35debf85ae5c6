using Shouldly;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Engine;

public sealed class SqliteConnectionTests : IDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly SqliteConnection _connection;

    public SqliteConnectionTests()
    {
        _connection = Open();
        _connection.Execute("PRAGMA journal_mode = WAL; CREATE TABLE t (key INTEGER PRIMARY KEY, value)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("🌊 ünï")]
    public void A_text_comes_back_as_it_was(string text)
    {
        using (var insert = _connection.Statement("INSERT INTO t (value) VALUES (?1)"))
        {
            insert.BindText(1, text);
            insert.Step();
        }

        using var read = _connection.Statement("SELECT value, typeof(value) FROM t");
        read.Step().ShouldBeTrue();
        read.GetText(0).ShouldBe(text);
        read.IsNull(0).ShouldBeFalse();
        read.GetText(1).ShouldBe("text");
    }

    [Fact]
    public void An_empty_blob_is_not_null()
    {
        using (var insert = _connection.Statement("INSERT INTO t (value) VALUES (?1), (NULL)"))
        {
            insert.BindBlob(1, ReadOnlySpan<byte>.Empty);
            insert.Step();
        }

        using var read = _connection.Statement("SELECT value FROM t ORDER BY key");
        read.Step();
        (read.IsNull(0), read.GetBlob(0).Length).ShouldBe((false, 0));
        read.Step();
        read.IsNull(0).ShouldBeTrue();
    }

    [Fact]
    public void A_statement_is_prepared_once_and_not_used_twice_at_once()
    {
        SqliteStatement first;
        using (first = _connection.Statement("SELECT 1"))
        {
            Should.Throw<InvalidOperationException>(() => _connection.Statement("SELECT 1"));
        }

        using var second = _connection.Statement("SELECT 1");
        second.ShouldBeSameAs(first);
    }

    [Fact]
    public void A_transaction_that_is_not_committed_is_rolled_back()
    {
        using (_connection.Begin(write: true))
        {
            _connection.Execute("INSERT INTO t (value) VALUES (1)");
        }

        _connection.Scalar("SELECT count(*) FROM t").ShouldBe(0);
        using (var transaction = _connection.Begin(write: true))
        {
            _connection.Execute("INSERT INTO t (value) VALUES (1)");
            transaction.Commit();
        }

        _connection.Scalar("SELECT count(*) FROM t").ShouldBe(1);
        _connection.IsInTransaction.ShouldBeFalse();
    }

    [Fact]
    public void A_blob_is_overwritten_in_place()
    {
        _connection.Execute("INSERT INTO t VALUES (7, x'00112233')");

        using (var blob = _connection.OpenBlob("t", "value", 7, write: true))
        {
            blob.Length.ShouldBe(4);
            blob.Write([0xAA], 2);
        }

        using var read = _connection.Statement("SELECT value FROM t");
        read.Step();
        read.GetBlob(0).ToArray().ShouldBe([0x00, 0x11, 0xAA, 0x33]);
    }

    [Fact]
    public void A_database_that_another_writes_to_is_busy()
    {
        using var other = Open();
        using var transaction = other.Begin(write: true);

        var error = Should.Throw<TidemarkException>(() => _connection.Begin(write: true));

        error.Code.ShouldBe(ErrorCodes.StoreBusy);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public void A_full_disk_is_told_and_what_was_committed_stays()
    {
        _connection.Execute("INSERT INTO t (value) VALUES ('kept')");
        _connection.Execute("PRAGMA max_page_count = 3");

        var error = Should.Throw<TidemarkException>(() =>
            _connection.Execute("INSERT INTO t (value) VALUES (zeroblob(1000000))"));

        error.Code.ShouldBe(ErrorCodes.StoreFull);
        error.Message.ShouldContain($"'{_files.Path}'");
        _connection.Scalar("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void The_native_library_has_what_the_store_needs()
    {
        _connection.Execute("CREATE VIRTUAL TABLE words USING fts5(text)");
        _connection.Scalar("SELECT count(*) FROM json_each('[1,2,3]')").ShouldBe(3);
        using var version = _connection.Statement("SELECT sqlite_version()");
        version.Step();
        Version.Parse(version.GetText(0)).ShouldBeGreaterThanOrEqualTo(new Version(3, 35));
    }

    [Fact]
    public void Another_library_s_SQLite_in_the_same_process_is_left_alone()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_open(":memory:", out var others).ShouldBe(SQLitePCL.raw.SQLITE_OK);
        using (others)
        {
            _connection.Execute("INSERT INTO t (value) VALUES ('ours')");
            SQLitePCL.raw.sqlite3_exec(others, "CREATE TABLE t (value); INSERT INTO t VALUES (1), (2)")
                .ShouldBe(SQLitePCL.raw.SQLITE_OK);

            _connection.Scalar("SELECT count(*) FROM t").ShouldBe(1);
            SQLitePCL.raw.sqlite3_total_changes(others).ShouldBe(2);
        }
    }

    [Fact]
    public void What_is_asked_of_a_closed_connection_is_refused()
    {
        var closed = Open();
        var statement = closed.Statement("SELECT 1");
        closed.Dispose();
        closed.Dispose();

        Should.Throw<ObjectDisposedException>(() => closed.Execute("SELECT 1"));
        Should.Throw<ObjectDisposedException>(() => statement.Step());
        statement.Dispose();
    }

    [Fact]
    public void A_reader_that_ends_breaks_off_no_write_to_the_pages_that_it_shares()
    {
        var name = $"shared-pages-{Environment.ProcessId}";
        using var writer = SqliteConnection.Open(name, SqliteOpenMode.Memory, TimeSpan.Zero);
        writer.Execute("CREATE TABLE t (key INTEGER PRIMARY KEY, value); INSERT INTO t VALUES (1, zeroblob(8))");
        using var reader = SqliteConnection.Open(name, SqliteOpenMode.Memory, TimeSpan.Zero);
        reader.Execute("PRAGMA read_uncommitted = 1");
        using var transaction = writer.Begin(write: true);
        using (var blob = writer.OpenBlob("t", "value", 1, write: true))
        {
            blob.Write([1, 2, 3, 4], 0);
            using (reader.Begin(write: false))
            {
                reader.Scalar("SELECT count(*) FROM t").ShouldBe(1);
            }

            blob.Write([5, 6, 7, 8], 4);
        }

        transaction.Commit();
        reader.Scalar("SELECT value = x'0102030405060708' FROM t").ShouldBe(1);
    }

    private SqliteConnection Open() => SqliteConnection.Open(_files.Path, SqliteOpenMode.Create, TimeSpan.Zero);
}
