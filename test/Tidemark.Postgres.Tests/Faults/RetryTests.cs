using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Faults;

/// <summary>What the server wants tried again is tried again, and comes out as it would have.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private SelfRemovingStore _store = null!;

    public async ValueTask InitializeAsync() =>
        _store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("40P01", "commit_log")]
    [InlineData("40001", "commit_log")]
    [InlineData("40001", "chunk")]
    [InlineData("40P01", "embedding")]
    public async Task A_deadlock_or_a_conflict_of_transactions_is_not_noticed(string state, string table)
    {
        await FailAsync(state, table, from: 1, times: 2);
        var bench = new SyncBench(_store);

        await bench.SyncAsync(Upsert("a", "one\n\ntwo"), Upsert("b", "three"));

        var export = await bench.ExportAsync();
        new[] { "a#0", "a#1", "b#0" }.ShouldAllBe(place => export.Contains(place));
        (await _store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
        (await _store.Reader.NamespaceAsync("default", None))!.Documents.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_left_for_a_later_commit_is_applied_again_with_the_same_keys()
    {
        await using (var run = await StoreScribe.OpenAsync(_store))
        {
            await FailAsync("40001", "commit_log", from: 3, times: 1);
            var applied = new List<ApplyResult>();
            foreach (var id in new[] { "a", "b", "c", "d" })
            {
                applied.Add(await run.Session.ApplyAsync(
                    new ApplyBatch(run.Generation, 0, [GroupOf(TestWrites.Put(id, run.Source.Key, ["text " + id]))])
                    {
                        MayBeCommittedLater = true,
                    },
                    None));
            }

            await run.Session.CommitAsync(None);

            applied.Select(result => result.Sequence).ShouldBe([1, 2, 3, 4]);
            foreach (var (result, id) in applied.Zip(["a", "b", "c", "d"]))
            {
                (await run.GlanceAsync(id)).Key.ShouldBe(result.Documents.Single().Key);
                (await run.GlanceAsync(id)).SourceId.ShouldBe(result.Documents.Single().SourceId);
            }
        }

        (await _store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task What_never_succeeds_is_given_up_and_loses_only_itself()
    {
        var bench = new SyncBench(_store);
        await bench.SyncAsync(Upsert("a", "one"));
        await FailAsync("40P01", "commit_log", from: 1, times: 1000);

        var error = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two")));

        (error.Code, error.IsTransient).ShouldBe((ErrorCodes.StoreBusy, true));
        (await bench.ExportAsync()).Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_one()
    {
        await FailAsync("53100", "chunk", from: 1, times: 1000);

        var error = await Should.ThrowAsync<TidemarkException>(() => new SyncBench(_store).SyncAsync(Upsert("b", "two")));

        error.Code.ShouldBe(ErrorCodes.StoreFull);
    }

    [Fact]
    public async Task Two_that_store_the_same_vectors_at_once_both_succeed()
    {
        var embeddings = Enumerable.Range(0, 400).Select(i => TestVector.Stored($"text {i}")).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var mine = embeddings.ToArray();
            new Random(worker).Shuffle(mine);
            await _store.Embeddings.PutAsync(TestVector.Space, mine, replace: worker % 3 == 2, EmbeddingReceipt.None, None);
        })));

        (await _store.Embeddings.FindAsync(TestVector.Space, [.. embeddings.Select(e => e.Input)], None)).Count.ShouldBe(400);
    }

    private static DocumentWrite.Put GroupOf(DocumentWrite.Put put) =>
        put with { Document = put.Document with { SourceId = "group " + put.Id } };

    /// <summary>Makes inserts of a table fail: a sequence counts them, for it is not rolled back.</summary>
    private Task FailAsync(string state, string table, int from, int times) => TestServer.ExecuteAsync(
        $"""
        create sequence {_store.Schema}.fails;
        create function {_store.Schema}.fail() returns trigger language plpgsql as $$
        declare n bigint := nextval('{_store.Schema}.fails');
        begin
          if n >= {from} and n < {from + times} then
            raise exception 'made to fail' using errcode = '{state}';
          end if;
          return null;
        end $$;
        create trigger fails after insert on {_store.Schema}.{table} for each statement execute function {_store.Schema}.fail();
        """,
        TestServer.Database);
}
