using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Sqlite.Care;
using Tidemark.Sqlite.Engine;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Sqlite.Tests.Care;

/// <summary>Ids that differ between the rows and the index over them, as a flipped bit leaves them.</summary>
public sealed class IdMenderTests : IAsyncDisposable
{
    private readonly TemporaryStore _file = new();
    private ITidemarkStore? _store;

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        _file.Dispose();
    }

    [Theory]
    [InlineData("id = 'dX' WHERE id = 'd3'")]
    [InlineData("id = 'dX' WHERE id = 'd1'")]
    [InlineData("id = 'd' || id")]
    [InlineData("namespace = 7 WHERE id = 'd3'")]
    [InlineData("namespace = 2, id = 'dX' WHERE id = 'd3'")]
    public async Task An_id_that_is_damaged_in_its_row_comes_back_from_the_index_without_a_source(string damage)
    {
        var bench = await SyncedAsync();
        var before = await bench.ExportAsync();
        ChangeBehindIndex($"UPDATE document SET {damage}");
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();

        var report = await VerifyAsync(bench, repair: true);

        report.Errors.Select(error => error.Message).ShouldBeEmpty();
        (report.InSync, report.Documents).ShouldBe((true, 6));
        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_id_that_is_damaged_in_the_index_is_put_there_again()
    {
        var bench = await SyncedAsync();
        var before = await bench.ExportAsync();
        Execute("UPDATE document SET id = 'dX' WHERE id = 'd3'");
        ChangeBehindIndex("UPDATE document SET id = 'd3' WHERE id = 'dX'");

        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await bench.ExportAsync()).ShouldBe(before);
        Count("SELECT count(*) FROM document INDEXED BY document_by_id WHERE namespace = 1 AND id = 'd3'").ShouldBe(1);
    }

    [Fact]
    public async Task The_index_stays_while_no_seal_says_which_id_is_right()
    {
        var bench = await SyncedAsync();
        var before = await bench.ExportAsync();
        ChangeBehindIndex("""UPDATE document SET id = 'dX', metadata = '{"n":99}' WHERE id = 'd3'""");

        (await bench.Store.Care.MendAsync("default", TimeSpan.Zero, CancellationToken.None)).Rows.ShouldBe(0);

        Count("SELECT count(*) FROM document INDEXED BY document_by_id WHERE namespace = 1 AND id = 'd3'").ShouldBe(1);
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeFalse();
        (await VerifyAsync(bench, repair: true, Source())).InSync.ShouldBeTrue();
        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Ids_of_every_namespace_are_compared_before_an_index_is_made_again()
    {
        var bench = await SyncedAsync();
        await bench.SyncAsync(Source(), request => request with { Namespace = "other" });
        ChangeBehindIndex("UPDATE document SET id = 'dX' WHERE id = 'd3' AND namespace = 2");
        Execute("UPDATE source SET name = 'another' WHERE namespace = 1");

        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        Count("SELECT count(*) FROM document NOT INDEXED WHERE id = 'd3'").ShouldBe(2);
        Count("SELECT count(*) FROM document NOT INDEXED WHERE id = 'dX'").ShouldBe(0);
    }

    [Fact]
    public async Task The_index_is_read_as_it_is_and_rows_are_found_by_their_keys()
    {
        await SyncedAsync();
        using var connection = Open();
        using var plan = connection.Statement("EXPLAIN QUERY PLAN " + IdMender.DifferingRows);
        var steps = new List<string>();
        while (plan.Step())
        {
            steps.Add(plan.GetText(3));
        }

        steps.ShouldBe(["SCAN i USING COVERING INDEX document_by_id", "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)"]);
    }

    private async Task<SyncBench> SyncedAsync()
    {
        _store = await _file.OpenAsync();
        var bench = new SyncBench(_store);
        await bench.SyncAsync(Source());
        return bench;
    }

    private static ScriptedSource Source() => new(
        "s",
        [.. Enumerable.Range(0, 6).Select(i => ScriptedSource.Upsert($"d{i}", $"text {i}", $$"""{"n":{{i}}}""", i < 3 ? "shared" : null))]);

    private static Task<VerifyReport> VerifyAsync(SyncBench bench, bool repair, params ScriptedSource[] sources) =>
        new VerifyEngine(bench.Store, bench.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyOptions { Repair = repair, Sources = sources }, CancellationToken.None);

    /// <summary>SQLite does not know of the index meanwhile, so that only the rows change.</summary>
    private void ChangeBehindIndex(string sql) => Execute(
        $"""
        PRAGMA writable_schema = ON;
        CREATE TEMP TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'document_by_id';
        DELETE FROM sqlite_schema WHERE name = 'document_by_id';
        PRAGMA writable_schema = RESET;
        {sql};
        PRAGMA writable_schema = ON;
        INSERT INTO sqlite_schema SELECT * FROM kept;
        PRAGMA writable_schema = RESET
        """);

    private void Execute(string sql)
    {
        using var connection = Open();
        connection.Execute(sql);
    }

    private long Count(string sql)
    {
        using var connection = Open();
        return connection.Scalar(sql);
    }

    private SqliteConnection Open() => SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5));
}
