using Npgsql;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>Holds <c>docs/storage-format.md</c> to what the program really writes.</summary>
public sealed class StorageFormatTests : IAsyncLifetime
{
    private static readonly string All = File.ReadAllText(FindUpwards("docs/storage-format.md"));
    private static readonly string Document = All[All.IndexOf("\n# The schema of the PostgreSQL store", StringComparison.Ordinal)..];
    private SelfRemovingStore _store = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await using (var run = await StoreScribe.OpenAsync(_store))
        {
            await run.BeginRunAsync(DateTimeOffset.UnixEpoch);
            await run.PutAsync("a", "one", "two");
            await run.PutAsync("a", "one", "2");
        }

        _connection = await TestServer.ConnectAsync(TestServer.Database);
        await RunAsync($"set search_path = {_store.Schema}, public");
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Every_table_and_column_is_described()
    {
        var missing = await RunAsync("""
            select replace(table_name, '_1', '_N') || '.' || column_name from information_schema.columns
            where table_schema = current_schema order by 1
            """);

        missing.Where(name => !name.Split('.').All(part => All.Contains($"`{part}`", StringComparison.Ordinal)
            || All.Contains($"### {part}", StringComparison.Ordinal) || All.Contains($", {part}\n", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_query_that_is_offered_runs()
    {
        var queries = Document.Split("```sql").Skip(1).Select(rest => rest.Split("```")[0]).ToArray();

        queries.Length.ShouldBeGreaterThan(5);
        foreach (var query in queries)
        {
            await RunAsync(query);
        }
    }

    [Fact]
    public async Task The_format_is_the_documented_one()
    {
        (await RunAsync("select format::text from store")).ShouldBe([$"{SchemaMigrations.Newest}"]);
        Document.ShouldContain($"format **{SchemaMigrations.Newest}** of it");
    }

    private static string FindUpwards(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, path)))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, path);
    }

    private async Task<List<string>> RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await using var rows = await command.ExecuteReaderAsync();
        var first = new List<string>();
        while (await rows.ReadAsync())
        {
            first.Add(rows.GetValue(0).ToString()!);
        }

        return first;
    }
}
