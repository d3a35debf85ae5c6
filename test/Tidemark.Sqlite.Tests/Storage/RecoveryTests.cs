using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Storage;

/// <summary>What another process finds after a writer died, made by copying its files while it is at work.</summary>
public sealed class RecoveryTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly TemporaryStore _files = new();
    private readonly TemporaryStore _copy = new();

    public void Dispose()
    {
        _files.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Batches_before_a_kill_are_there_and_the_one_under_way_is_not()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);
        await run.PutAsync([.. Enumerable.Range(0, 300).Select(i => ($"kept {i}", new[] { $"text {i}" }))]);
        using (var unfinished = SqliteConnection.Open(_files.Path, SqliteOpenMode.Write, TimeSpan.Zero))
        {
            unfinished.Execute("PRAGMA cache_size = 1; BEGIN IMMEDIATE");
            unfinished.Execute("UPDATE chunk SET text = 'torn'; UPDATE document SET state = 2, sequence = 99");
            Copy();
        }

        await using var survived = await _copy.OpenAsync();
        await using var next = await StoreScribe.OpenAsync(survived);
        (await next.ChunksAsync()).Select(c => c.Text).Order()
            .ShouldBe(Enumerable.Range(0, 300).Select(i => $"text {i}").Order());
        (await next.PutAsync("after", "x")).Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task A_reader_alone_can_read_what_a_killed_writer_left()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);
        await run.PutAsync("a", "one");
        Copy();

        await using var reader = await SqliteStore.OpenAsync(
            _copy.Path, new SqliteStoreOptions { ReadOnly = true }, TimeProvider.System, Stop);

        (await reader.Reader.NamespaceAsync("default", Stop))!.Documents.ShouldBe(1);
    }

    [Fact]
    public async Task A_completed_run_is_in_the_file_itself_not_only_in_its_log()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);
        await run.BeginRunAsync(DateTimeOffset.UnixEpoch);
        await run.PutAsync("a", "one");
        await run.Session.Catalog.CompleteRunAsync(run.Run! with { FinishedAt = DateTimeOffset.UnixEpoch }, Stop);

        File.Copy(_files.Path, _copy.Path);

        await using var copy = await _copy.OpenAsync();
        (await copy.Reader.NamespaceAsync("default", Stop))!.Documents.ShouldBe(1);
        (await copy.Reader.RunsAsync("default", 1, Stop)).Single().FinishedAt.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_batch_that_fails_half_way_leaves_nothing_and_the_next_one_works()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);
        await run.PutAsync("a", "one");
        var put = TestWrites.Put("c", run.Source.Key, ["x"]);
        var bare = put with { Chunks = [put.Chunks[0] with { Vector = default }] };
        var grouped = await run.PutOfAsync("a", "changed");

        await Should.ThrowAsync<TidemarkException>(async () => await run.ApplyAsync(
            grouped with { Document = grouped.Document with { SourceId = "group" } },
            TestWrites.Put("b", run.Source.Key, ["new"]),
            bare));

        (await run.ChunksAsync()).Single().Text.ShouldBe("one");
        (await run.Session.Catalog.FindSourceIdAsync("group", Stop)).IsNone.ShouldBeTrue();
        await run.ApplyAsync(grouped with { Document = grouped.Document with { SourceId = "group" } });
        (await run.ChunksAsync()).Single().Text.ShouldBe("changed");
        (await run.LoadAsync("a")).SourceId.ShouldBe("group");
        (await store.Index.CheckAsync("default", Stop)).IsClean.ShouldBeTrue();
    }

    private void Copy()
    {
        foreach (var ending in new[] { "", "-wal" })
        {
            File.Copy(_files.Path + ending, _copy.Path + ending);
        }
    }
}
