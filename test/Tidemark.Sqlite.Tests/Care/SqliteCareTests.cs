using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Reporting;
using Tidemark.Sqlite.Care;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Searching;
using Xunit;

namespace Tidemark.Sqlite.Tests.Care;

/// <summary>What a store's file alone can show of the care that is taken of it.</summary>
public sealed class SqliteCareTests : IAsyncDisposable
{
    private readonly TemporaryStore _file = new();
    private ITidemarkStore? _store;

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        _file.Dispose();
    }

    [Fact]
    public async Task A_sweep_takes_nothing_of_another_namespace()
    {
        var bench = await SyncedAsync();
        await bench.SyncAsync(
            new ScriptedSource("s", [ScriptedSource.Upsert("b", "text b")]), request => request with { Namespace = "other" });
        using var connection = Open();
        connection.Execute(
            """
            INSERT OR REPLACE INTO document_text SELECT key, 'a text' FROM document;
            DELETE FROM document WHERE namespace = 2
            """);

        await bench.Store.Care.SweepAsync("default", TimeSpan.Zero, CancellationToken.None);

        connection.Scalar("SELECT count(*) FROM document_text").ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_is_gone_is_damage_and_named_with_what_helps()
    {
        var bench = await SyncedAsync();
        using (var connection = Open())
        {
            connection.Execute("ALTER TABLE commit_log RENAME TO elsewhere");
        }

        (await bench.Store.Care.CheckAsync("default", CancellationToken.None)).Damages
            .ShouldContain(damage => damage.Item == "table commit_log" && damage.What == "it is gone");
        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ScriptedSource.Upsert("a", "another text")));
        (failure.Code, failure.Message).ShouldBe((ErrorCodes.StoreCorrupt, $"the store '{_file.Path}' is damaged: no such table: commit_log"));
        failure.Remedy.ShouldContain("VerifyAsync(SOURCE, Repair)");
    }

    [Theory]
    [InlineData("layout")]
    [InlineData("chunk")]
    [InlineData("embedding")]
    public async Task A_sync_that_finds_nothing_of_what_is_counted_does_not_say_in_step(string table)
    {
        var bench = await SyncedAsync();
        using (var connection = Open())
        {
            connection.Execute($"DELETE FROM {table}");
        }

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ScriptedSource.Upsert("a", "text a")));
        failure.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        await Should.ThrowAsync<TidemarkException>(() => bench.PlanAsync(new ScriptedSource("s", [ScriptedSource.Upsert("a", "text a")])));
    }

    [Theory]
    [InlineData("DELETE FROM document WHERE id = 'a'")]
    [InlineData("DELETE FROM layout WHERE document IN (SELECT key FROM document WHERE id = 'a')")]
    [InlineData("DELETE FROM namespace")]
    public async Task A_status_of_a_namespace_that_lacks_records_says_so(string damage)
    {
        var bench = await SyncedAsync();
        await bench.SyncAsync(ScriptedSource.Upsert("a", "text a"), ScriptedSource.Upsert("b", "text b"));
        using (var connection = Open())
        {
            connection.Execute(damage);
        }

        var status = new StatusEngine(bench.Store, TimeProvider.System);
        (await Should.ThrowAsync<TidemarkException>(async () => await status.StatusAsync(new StatusOptions(), CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.StoreCorrupt);
    }

    [Fact]
    public async Task The_catalog_holds_what_is_compared_with_it()
    {
        await SyncedAsync();
        using var connection = Open();
        var noted = new List<string>();
        using (var triggers = connection.Statement("SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'catalog_*'"))
        {
            while (triggers.Step())
            {
                noted.Add($"{triggers.GetText(0)}: {triggers.GetText(1).ReplaceLineEndings(" ")}");
            }
        }

        noted.Count.ShouldBe(CatalogCheck.Kinds.Count);
        foreach (var (kind, columns) in CatalogCheck.Kinds)
        {
            var content = string.Join(", ", columns.Split(", ").Select(column => $"new.{column}"));
            noted.ShouldContain(trigger => trigger.StartsWith($"{kind}: ") && trigger.Contains($"('{kind}', new.id, json_array({content}),"));
        }
    }

    [Fact]
    public async Task A_reader_that_compared_words_refuses_to_write_again_whatever_happened()
    {
        await SyncedAsync();
        using var connection = Open();
        connection.Execute("CREATE TEMP TABLE instances_1 (taken); PRAGMA query_only = 1");

        Should.Throw<TidemarkException>(() =>
            WordsCheck.HasRightWords(connection, IndexGeneration.Pin(connection, 1), CancellationToken.None));

        connection.Scalar("PRAGMA query_only").ShouldBe(1);
    }

    private async Task<SyncBench> SyncedAsync()
    {
        _store = await _file.OpenAsync();
        var bench = new SyncBench(_store);
        await bench.SyncAsync(ScriptedSource.Upsert("a", "text a"));
        return bench;
    }

    private SqliteConnection Open() => SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5));
}
