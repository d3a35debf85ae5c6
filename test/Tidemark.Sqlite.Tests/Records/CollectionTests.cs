using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Locking;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

/// <summary>A collection of a file beside runs, and how room is given back.</summary>
public sealed class CollectionTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_run_is_waited_for_as_long_as_it_was_told()
    {
        await using var store = await _files.OpenAsync();
        var run = await StoreScribe.OpenAsync(store);

        (await Should.ThrowAsync<TidemarkException>(CollectAsync(store, TimeSpan.Zero))).Code.ShouldBe(ErrorCodes.RunLocked);
        var waiting = CollectAsync(store, TimeSpan.FromMinutes(2));
        await run.PutAsync("a", "meanwhile");
        waiting.IsCompleted.ShouldBeFalse();
        await run.DisposeAsync();

        (await waiting).Embeddings.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_waits_for_who_lets_go_at_once_and_for_nobody_else()
    {
        await using var store = await _files.OpenAsync();
        var sweep = await WriterLease.AcquireAsync(_files.Path, null, new LeaseRequest(TimeSpan.Zero, GivesWay: true), TimeProvider.System, None);

        var opening = StoreScribe.OpenAsync(store);
        await Task.Delay(TimeSpan.FromMilliseconds(300), None);
        opening.IsCompleted.ShouldBeFalse();
        sweep.Dispose();
        await using (await opening)
        {
        }

        using var other = await WriterLease.AcquireAsync(_files.Path, null, new LeaseRequest(TimeSpan.Zero), TimeProvider.System, None);
        (await Should.ThrowAsync<TidemarkException>(StoreScribe.OpenAsync(store))).Code.ShouldBe(ErrorCodes.RunLocked);
    }

    [Fact]
    public void Who_lets_go_at_once_is_read_by_those_who_know_nothing_of_it()
    {
        var holder = new LeaseHolder(7, DateTimeOffset.UnixEpoch) { GivesWay = true };

        LeaseHolder.Parse(holder.ToString()).ShouldBe(holder);
        LeaseHolder.Parse((holder with { GivesWay = false }).ToString()).ShouldBe(holder with { GivesWay = false });
        holder.ToString().Split(' ').Length.ShouldBe(2);
    }

    /// <summary>Written anew once, it is shortened in steps from then on.</summary>
    [Fact]
    public async Task Room_is_given_back_in_steps_by_a_file_that_was_written_anew_once()
    {
        await using var store = await _files.OpenAsync();
        await FillAndDropAsync(store);
        Scalar("PRAGMA auto_vacuum").ShouldBe(0);

        await store.Maintenance.CompactAsync(TimeSpan.Zero, None);
        Scalar("PRAGMA auto_vacuum").ShouldBe(2);
        Scalar("PRAGMA freelist_count").ShouldBe(0);
        var small = await store.Maintenance.SizeAsync(None);

        await FillAndDropAsync(store);
        Scalar("PRAGMA freelist_count").ShouldBeGreaterThan(300);
        await store.Maintenance.CompactAsync(TimeSpan.Zero, None);

        Scalar("PRAGMA freelist_count").ShouldBe(0);
        (await store.Maintenance.SizeAsync(None)).ShouldBeLessThan(small + (small / 4));
        await using var run = await StoreScribe.OpenAsync(store, "stays");
        await run.PutAsync("b", "later");
        (await store.Index.CheckAsync("stays", None)).IsClean.ShouldBeTrue();
        (await store.Care.CheckAsync("stays", None)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_index_of_words_is_put_together_and_empty_packs_go()
    {
        await using var store = await _files.OpenAsync();
        await using (var run = await StoreScribe.OpenAsync(store))
        {
            await run.PutAsync([.. Enumerable.Range(0, 600).Select(i => ($"d{i:d3}", new[] { $"word{i} and some more of them {i % 7}" }))]);
            for (var i = 0; i < 12; i++)
            {
                await run.PutAsync([.. Enumerable.Range(0, 120).Select(j => ($"d{j:d3}", new[] { $"edit{i} of word{j}" }))]);
            }

            for (var i = 0; i < 600; i++)
            {
                await run.RemoveAsync($"d{i:d3}");
            }

            await run.PutAsync("last", "edit of a word");
        }

        (await store.Maintenance.ReindexAsync(0.2, TimeSpan.Zero, None)).ShouldBe(1);
        (await store.Maintenance.ReindexAsync(0.2, TimeSpan.Zero, None)).ShouldBe(0);

        Scalar("SELECT count(DISTINCT id >> 37) FROM keyword_1_data WHERE id > 10").ShouldBe(1);
        Scalar("SELECT count(*) FROM vector_pack_1 WHERE live = 0").ShouldBe(0);
        Scalar("SELECT count(*) FROM vector_code_1").ShouldBe(Scalar("SELECT count(*) FROM vector_pack_1"));
        await using var later = await StoreScribe.OpenAsync(store);
        await later.PutAsync([.. Enumerable.Range(0, 300).Select(i => ($"e{i:d3}", new[] { $"again{i}" }))]);
        (await store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_namespace_of_a_few_documents_takes_little_room_and_grows()
    {
        await using var store = await _files.OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            await using var run = await StoreScribe.OpenAsync(store, $"n{i}");
            await run.PutAsync(("a", ["one"]), ("b", ["two"]), ("c", ["three"]));
        }

        Scalar("SELECT max(length(codes)) FROM vector_code_1").ShouldBe(16 * TestVector.Dimensions);
        await using (var run = await StoreScribe.OpenAsync(store, "n0"))
        {
            for (var i = 0; i < 5; i++)
            {
                await run.PutAsync([.. Enumerable.Range(0, 15 << i).Select(j => ($"d{i}-{j}", new[] { $"text {i} {j}" }))]);
                (await store.Index.CheckAsync("n0", None)).IsClean.ShouldBeTrue();
            }
        }

        Scalar("SELECT max(length(codes)) FROM vector_code_1").ShouldBe(256 * TestVector.Dimensions);
        (await store.Index.CheckAsync("n39", None)).IsClean.ShouldBeTrue();
    }

    private static async Task FillAndDropAsync(Tidemark.Indexing.ITidemarkStore store)
    {
        await using (var kept = await StoreScribe.OpenAsync(store, "stays"))
        {
            await kept.PutAsync("a", "stays");
        }

        await using (var run = await StoreScribe.OpenAsync(store, "goes"))
        {
            for (var i = 0; i < 200; i++)
            {
                await run.PutAsync($"d{i}", $"text {i} {new string('x', 20_000)}");
            }
        }

        await store.Maintenance.DropNamespaceAsync("goes", TimeSpan.Zero, None);
    }

    private long Scalar(string sql)
    {
        using var connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(10));
        return connection.Scalar(sql);
    }

    private static async Task<GarbageReport> CollectAsync(Tidemark.Indexing.ITidemarkStore store, TimeSpan wait) =>
        await store.Maintenance.CollectAsync(
            DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(-30), wait, dryRun: false, None);
}
