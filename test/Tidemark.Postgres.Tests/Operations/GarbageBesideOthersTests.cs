using Npgsql;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Postgres.Tests.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>A collection beside runs and workers: who waits for whom, and what is not taken from under anybody.</summary>
public sealed class GarbageBesideOthersTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestClock _clock = new();
    private SelfRemovingStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SelfRemovingStore.OpenAsync(_clock, new PostgresStoreOptions { CreateIfMissing = true });
        foreach (var name in new[] { "default", "other" })
        {
            await using var run = await StoreScribe.OpenAsync(_store, name);
            await run.PutAsync("a", "1 " + name);
            await run.PutAsync("a", "2 " + name);
        }

        _clock.Now = _clock.Now.AddDays(40);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task It_waits_for_nobody_in_another_namespace_and_nobody_for_it()
    {
        await using var run = await StoreScribe.OpenAsync(_store, "empty");
        await run.PutAsync("b", "not committed yet"); // in a transaction that stays open, or not: the namespace is held

        var report = await CollectAsync();

        (report.Documents, report.Chunks, report.Embeddings).ShouldBe((2, 2, 2));
        await run.PutAsync("b", "goes on");
        (await _store.Reader.ChunksAsync("empty", null, false, None).SingleAsync(None)).Text.ShouldBe("goes on");
    }

    [Fact]
    public async Task It_goes_on_beside_a_worker_of_the_same_namespace()
    {
        await using var worker = await _store.Records.OpenAsync(
            new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true) { Hold = NamespaceHold.Shared }, None);

        (await CollectAsync()).Documents.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_holds_the_namespace_is_waited_for_as_long_as_it_was_told()
    {
        var run = await StoreScribe.OpenAsync(_store, "other");

        var refused = await Should.ThrowAsync<TidemarkException>(CollectAsync());
        (refused.Code, refused.Message.Contains("'other'", StringComparison.Ordinal)).ShouldBe((ErrorCodes.RunLocked, true));
        var waiting = CollectAsync(TimeSpan.FromMinutes(2));
        await run.PutAsync("b", "meanwhile");
        waiting.IsCompleted.ShouldBeFalse();
        await run.DisposeAsync();

        (await waiting).Documents.ShouldBe(1, "that of the first namespace was taken before");
        (await CollectAsync()).Documents.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_waits_for_one_of_its_transactions_and_for_nobody_else()
    {
        await using var sweep = await TestServer.ConnectAsync(TestServer.Database);
        await TakeAsync(sweep, "sweep");
        await TakeAsync(sweep, "namespace/default");

        var opening = StoreScribe.OpenAsync(_store);
        await TestServer.ScalarAsync<object>(TestServer.Database, "select pg_sleep(0.3)");
        opening.IsCompleted.ShouldBeFalse();
        await sweep.CloseAsync();
        await using (await opening)
        {
        }

        await using var other = await TestServer.ConnectAsync(TestServer.Database);
        await TakeAsync(other, "namespace/default");
        (await Should.ThrowAsync<TidemarkException>(StoreScribe.OpenAsync(_store))).Code.ShouldBe(ErrorCodes.RunLocked);
    }

    [Fact]
    public async Task An_embedding_that_somebody_is_about_to_need_is_passed_over()
    {
        await using var writer = await TestServer.ConnectAsync(TestServer.Database);
        var transaction = await writer.BeginTransactionAsync(None);
        (await ScalarAsync(writer, $"select count(*) from (select 1 from {_store.Schema}.embedding where input = '\\x{HexOf("1 default")}' for key share) held")).ShouldBe(1);

        (await CollectAsync()).Embeddings.ShouldBe(1, "the other one");

        (await _store.Embeddings.ContainsAsync(TestVector.Space, [TestVector.InputOf("1 default")], None)).Count.ShouldBe(1);
        await transaction.RollbackAsync(None);
        (await CollectAsync()).Embeddings.ShouldBe(1);
    }

    /// <summary>Whoever may need them does not hold them.</summary>
    [Fact]
    public async Task Young_embeddings_go_only_while_nobody_is_at_work()
    {
        await _store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("young")], replace: false, EmbeddingReceipt.None, None);
        _clock.Now = _clock.Now.AddMinutes(1);
        await using (await StoreScribe.OpenAsync(_store, "empty"))
        {
            (await CollectAsync(embeddings: _clock.Now)).Embeddings.ShouldBe(2, "those that are old");
        }

        (await CollectAsync(embeddings: _clock.Now)).Embeddings.ShouldBe(1);
    }

    [Fact]
    public async Task A_vector_that_is_needed_again_holds_its_row_until_it_is_committed()
    {
        var row = $"select count(*) from (select 1 from {_store.Schema}.embedding where input = '\\x{HexOf("1 default")}' for update skip locked) free";
        var run = await StoreScribe.OpenAsync(_store);
        (await TestServer.ScalarAsync<long>(TestServer.Database, row)).ShouldBe(1);
        var write = await run.PutOfAsync("c", "1 default");
        await run.Session.ApplyAsync(new ApplyBatch(run.Generation, 0, [write]) { MayBeCommittedLater = true }, None);

        (await TestServer.ScalarAsync<long>(TestServer.Database, row)).ShouldBe(0);
        await run.Session.CommitAsync(None);
        (await TestServer.ScalarAsync<long>(TestServer.Database, row)).ShouldBe(1);
        await run.DisposeAsync();
        (await CollectAsync()).Embeddings.ShouldBe(1, "it is needed again, the other one is not");
    }

    private async Task<GarbageReport> CollectAsync(TimeSpan wait = default, DateTimeOffset? embeddings = null) =>
        await _store.Maintenance.CollectAsync(
            _clock.Now.AddDays(-30),
            embeddings ?? _clock.Now.AddDays(-30),
            wait,
            dryRun: false,
            None);

    private static string HexOf(string text) => Convert.ToHexStringLower(TestVector.InputOf(text).ToArray());

    private Task<object> TakeAsync(NpgsqlConnection connection, string what) => ExecuteAsync(
        connection, $"select pg_advisory_lock_shared(hashtextextended('tidemark/{_store.Schema}/{what}', 0))::text");

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql) => (long)await ExecuteAsync(connection, sql);

    private static async Task<object> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(None))!;
    }
}
