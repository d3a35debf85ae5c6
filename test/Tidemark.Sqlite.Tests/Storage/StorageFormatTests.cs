using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Schema;
using Xunit;

namespace Tidemark.Sqlite.Tests.Storage;

/// <summary>Holds <c>docs/storage-format.md</c> to what the program really writes.</summary>
public sealed class StorageFormatTests : IAsyncLifetime
{
    private static readonly string Document = File.ReadAllText(FindUpwards("docs/storage-format.md"))
        .Split("\n# The schema of the PostgreSQL store")[0];

    private readonly TemporaryStore _files = new();
    private SqliteConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        await using (var store = await _files.OpenAsync())
        await using (var run = await StoreScribe.OpenAsync(store))
        {
            await run.BeginRunAsync(DateTimeOffset.UnixEpoch);
            await run.PutAsync("a", "one", "two");
            await run.PutAsync("a", "one", "2");
        }

        _connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_table_and_column_is_described()
    {
        using var row = _connection.Statement("""
            SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'keyword%'
            """);
        var missing = new List<string>();
        while (row.Step())
        {
            var table = row.GetText(0).Replace("_1", "_N", StringComparison.Ordinal);
            if (!Document.Contains($"`{row.GetText(1)}`", StringComparison.Ordinal)
                || !(Document.Contains($"`{table}`", StringComparison.Ordinal)
                    || Document.Contains($"### {table}", StringComparison.Ordinal)))
            {
                missing.Add($"{table}.{row.GetText(1)}");
            }
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_query_that_is_offered_runs()
    {
        var queries = Document.Split("```sql").Skip(1).Select(rest => rest.Split("```")[0]).ToArray();

        queries.Length.ShouldBeGreaterThan(3);
        foreach (var query in queries)
        {
            using var row = _connection.Statement(query);
            Should.NotThrow(() => row.Step());
        }
    }

    [Fact]
    public void The_marks_of_the_file_are_the_documented_ones()
    {
        _connection.Scalar("PRAGMA application_id").ShouldBe(0x5469646D);
        var format = _connection.Scalar("PRAGMA user_version");
        format.ShouldBe(SchemaMigrations.Current);
        Document.ShouldContain($"the format, today **{format}**;");
        _connection.Scalar("PRAGMA page_size").ShouldBe(8192);
        using var mode = _connection.Statement("PRAGMA journal_mode");
        mode.Step();
        mode.GetText(0).ShouldBe("wal");
    }

    private static string FindUpwards(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException(path);
    }
}
