using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Migrating;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Migrating;

/// <summary>Another model without a gap, through the library's front door, on every store.</summary>
public abstract class MigrationConformance : StoreConformance
{
    private const string Former = "counting:32";
    private const string Next = "next:32";

    private readonly CountingGenerator _former = new();
    private readonly CountingGenerator _next = new();

    private TidemarkIndex? _index;

    private TidemarkIndex Index => _index ??= TidemarkIndex.Create(index => index
        .UseStore(Store).UseClock(Clock).UseChunker(new ParagraphChunker("1", together: 1))
        .UseEmbedder(ModelOf(Next, _next)).AddEmbedder(ModelOf(Former, _former)));

    [Fact]
    public async Task Searches_are_answered_by_the_former_until_the_promotion_and_by_the_new_from_then_on()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\ntwo\n\n"), ScriptedSource.Upsert("b", "three\n\n"));

        var built = await Index.StartMigrationAsync();

        (built.Outcome, built.Embedding.Inputs, built.Embedding.Space).ShouldBe((RunOutcome.Succeeded, 3, Next));
        (await Index.SearchAsync("one")).Space.ShouldBe(Former);
        var status = await Index.MigrationStatusAsync();
        status.Previous.ShouldBeNull();
        (status.Building!.Documents, status.Building.Behind, status.Building.Chunks, status.Building.Share).ShouldBe((2, 0, 3, 1));

        var done = await Index.PromoteMigrationAsync();

        done.Generation.ShouldBe(status.Building.Generation.Id);
        var found = await Index.SearchAsync("one");
        (found.Space, found.Generation, found.Hits[0].Chunk.Document).ShouldBe((Next, done.Generation, "a"));
        _former.Asked.ShouldBe(["one"], "a query; its documents were embedded before");
        status = await Index.MigrationStatusAsync();
        (status.Building, status.Previous!.Generation.Id, status.Active!.Id).ShouldBe((null, done.Previous!.Value, done.Generation));
    }

    [Fact]
    public async Task A_document_of_then_has_the_chunks_of_then()
    {
        var run = (await new SyncBench(Store) { Clock = Clock, Together = 2, ChunkerVersion = "2" }.SyncAsync(
            new ScriptedSource("s", [ScriptedSource.Upsert("a", "one\n\ntwo\n\n")]))).Run!.Value;
        await Index.StartMigrationAsync();
        await Index.PromoteMigrationAsync();

        (await Index.DocumentAsync("a")).ShouldSatisfyAllConditions(now => now.Document.Chunks.ShouldBe(2), now => now.Chunks.Count.ShouldBe(2));
        (await Index.DocumentAsync("a", asOf: PointInTime.AfterRun(run))).ShouldSatisfyAllConditions(
            then => then.Document.Chunks.ShouldBe(1), then => then.Chunks.Count.ShouldBe(1));
    }

    [Fact]
    public async Task Each_sync_brings_what_follows_along_before_and_after_the_promotion()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"), ScriptedSource.Upsert("b", "two\n\n"));
        await Index.StartMigrationAsync();

        var report = await SyncAsync(ScriptedSource.Upsert("a", "one\n\nmore\n\n"), ScriptedSource.Upsert("c", "three\n\n"));

        report.Embedding.Space.ShouldBe(Former);
        report.Follower.ShouldNotBeNull();
        (report.Follower.Documents, report.Follower.Embedding!.Inputs, report.Follower.Behind, report.Follower.Failure).ShouldBe((2, 2, 0, null));
        (await SyncAsync(ScriptedSource.Upsert("a", "one\n\nmore\n\n"), ScriptedSource.Upsert("c", "three\n\n")))
            .Follower!.Embedding.ShouldBeNull("nothing is behind, so its model is not even made");

        await Index.PromoteMigrationAsync();
        report = await SyncAsync(ScriptedSource.Upsert("a", "one\n\n"), ScriptedSource.Upsert("c", "three\n\n"), ScriptedSource.Upsert("d", "four\n\n"));

        report.Embedding.Space.ShouldBe(Next);
        (report.Follower!.Documents, report.Follower.Embedding!.Inputs, report.Follower.Behind).ShouldBe((2, 1, 0));
        await Index.RollBackMigrationAsync();
        (await Index.SearchAsync("four")).Hits[0].Chunk.Document.ShouldBe("d");
        (await Index.VerifyAsync(new() { Sources = [] })).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_model_that_fails_only_makes_its_generation_lag_and_what_is_behind_is_not_promoted()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"));
        await Index.StartMigrationAsync();
        _next.Before = _ => throw new TidemarkException(ErrorCodes.EmbeddingUnavailable, "the model is down", "wait");

        var report = await SyncAsync(ScriptedSource.Upsert("a", "changed\n\n"));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (report.Follower!.Behind, report.Follower.Failure!.Code).ShouldBe((1, ErrorCodes.EmbeddingUnavailable));
        report.Warnings.ShouldContain(warning => warning.Code == ErrorCodes.EmbeddingUnavailable);
        (await Index.SearchAsync("changed")).Hits[0].Chunk.Text.ShouldBe("changed\n\n");
        (await Should.ThrowAsync<TidemarkException>(() => Index.PromoteMigrationAsync())).Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
        (await Index.SearchAsync("changed")).Space.ShouldBe(Former);

        _next.Before = null;
        (await SyncAsync(ScriptedSource.Upsert("a", "changed\n\n"))).Follower!.Behind.ShouldBe(0);
        await Index.PromoteMigrationAsync();
        (await Index.SearchAsync("changed")).Space.ShouldBe(Next);
    }

    [Fact]
    public async Task A_promotion_takes_the_last_changes_along()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"));
        await Index.StartMigrationAsync();
        await new SyncBench(Store) { Clock = Clock }.SyncAsync(ScriptedSource.Upsert("a", "changed\n\n")); // by a program that knows one model
        (await Index.MigrationStatusAsync()).Building!.Behind.ShouldBe(1);

        await Index.PromoteMigrationAsync();

        (await Index.SearchAsync("changed")).Hits[0].Chunk.Text.ShouldBe("changed\n\n");
        (await Index.MigrationStatusAsync()).Previous!.Behind.ShouldBe(0);
    }

    [Fact]
    public async Task Building_goes_on_where_the_budget_ended_it_and_pays_for_nothing_twice()
    {
        var documents = Enumerable.Range(0, 30).Select(i => ScriptedSource.Upsert($"doc{i:00}", $"text {i}\n\n")).ToArray();
        await BeginAsync(documents);
        var index = TidemarkIndex.Create(one => one
            .UseStore(Store).UseClock(Clock).UseChunker(new ParagraphChunker("1", together: 1))
            .UseEmbedder(ModelOf(Next, _next) with { PricePerMillionTokens = 1_000_000, BatchSize = 5 }).AddEmbedder(ModelOf(Former, _former)));
        var price = await index.StartMigrationAsync(new MigrationOptions { DryRun = true });
        (price.Run, price.Embedding.Inputs).ShouldBe((null, 30));
        _next.Asked.ShouldBeEmpty();

        var spent = 0m;
        for (var tries = 0; ; tries++)
        {
            var report = await index.StartMigrationAsync(new MigrationOptions { Spending = new SpendingLimits(40, null) });
            spent += report.Embedding.Cost!.Value;
            if (report.Outcome == RunOutcome.Succeeded)
            {
                break;
            }

            report.Outcome.ShouldBe(RunOutcome.Budget);
            tries.ShouldBeLessThan(20);
        }

        _next.Asked.Where(text => text.StartsWith("text", StringComparison.Ordinal)).ShouldBeUnique();
        (await index.MigrationStatusAsync()).Building!.Behind.ShouldBe(0);
        spent.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task What_the_new_model_refuses_is_named_and_keeps_the_promotion_back()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"), ScriptedSource.Upsert("b", "far too long for the new one\n\n"));
        var index = TidemarkIndex.Create(one => one
            .UseStore(Store).UseClock(Clock).UseChunker(new ParagraphChunker("1", together: 1))
            .UseEmbedder(ModelOf(Next, _next) with { MaxInputBytes = 20 }).AddEmbedder(ModelOf(Former, _former)));

        var report = await index.StartMigrationAsync();

        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Errors.Single().Item.ShouldBe("b");
        (await index.MigrationStatusAsync()).Building!.Behind.ShouldBe(1);
        var refused = await Should.ThrowAsync<TidemarkException>(() => index.PromoteMigrationAsync());
        refused.Code.ShouldBe(ErrorCodes.MigrationBehind);
        refused.Message.ShouldContain("1 document");
        var changed = new ScriptedSource("s", [ScriptedSource.Upsert("a", "one\n\n"), ScriptedSource.Upsert("b", "short\n\n")]);
        (await index.SyncAsync([changed])).Follower!.Behind.ShouldBe(0);
        await index.PromoteMigrationAsync();
    }

    [Fact]
    public async Task Every_command_out_of_order_says_what_is_in_order()
    {
        (await RefusedAsync(() => Index.StartMigrationAsync())).ShouldBe(ErrorCodes.NamespaceMissing);
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"));
        (await RefusedAsync(() => Index.PromoteMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await RefusedAsync(() => Index.RollBackMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await RefusedAsync(() => Index.FinishMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await RefusedAsync(() => Index.CancelMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);

        await Index.StartMigrationAsync();
        (await RefusedAsync(() => Index.RollBackMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await RefusedAsync(() => Index.FinishMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        var other = new SyncBench(Store) { Clock = Clock, ChunkerVersion = "2" };
        (await RefusedAsync(() => other.SyncAsync(new ScriptedSource("s", []), request => request with { Rebuild = true })))
            .ShouldBe(ErrorCodes.MigrationRunning);

        await Index.PromoteMigrationAsync();
        (await RefusedAsync(() => Index.PromoteMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await RefusedAsync(() => Index.StartMigrationAsync())).ShouldBe(ErrorCodes.Usage);
        (await RefusedAsync(() => Index.CancelMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        await Index.FinishMigrationAsync();
        (await RefusedAsync(() => Index.RollBackMigrationAsync())).ShouldBe(ErrorCodes.MigrationMissing);
        (await Index.MigrationStatusAsync()).Previous.ShouldBeNull();
    }

    [Fact]
    public async Task After_a_way_back_the_new_one_can_be_promoted_again_or_given_up()
    {
        await BeginAsync(ScriptedSource.Upsert("a", "one\n\n"));
        await Index.StartMigrationAsync();
        await Index.PromoteMigrationAsync();
        await Index.RollBackMigrationAsync();
        var status = await Index.MigrationStatusAsync();
        (status.Building!.Generation.Pipeline.Space, status.Previous).ShouldBe((Next, null));

        await Index.PromoteMigrationAsync();
        (await Index.SearchAsync("one")).Space.ShouldBe(Next);
        await Index.RollBackMigrationAsync();
        await Index.CancelMigrationAsync();

        status = await Index.MigrationStatusAsync();
        (status.Building, status.Previous).ShouldBe((null, null));
        (await Index.SearchAsync("one")).Space.ShouldBe(Former);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_order_of_changes_and_migrations_ends_as_an_index_that_was_built_at_once(int seed)
    {
        var random = new Random(seed);
        var corpus = new RandomCorpus(random);
        var sequences = new List<long>();
        corpus.Change();
        await BeginAsync([.. corpus.Documents()]);
        for (var step = 0; step < 25; step++)
        {
            Clock.Now += TimeSpan.FromMinutes(1);
            await StepAsync(random, corpus);
            var known = (await Store.Reader.NamespaceAsync("default", default))!;
            var expected = await new MemoryExport(corpus, known.Generation!.Pipeline.Space == Next).LinesAsync();
            (await LinesAsync(known.Generation.Pipeline.Space)).ShouldBe(expected, $"seed {seed}, step {step}");
            (await Index.VerifyAsync(new() { Sources = [] })).InSync.ShouldBeTrue($"seed {seed}, step {step}");
            (known.Documents - known.DocumentsBeside).ShouldBe(
                known.Beside is null ? known.Documents : (await BehindAsync(known)), $"seed {seed}, step {step}");
            sequences.Add(known.Sequence);
            await PastIsAsItWasAsync(sequences, $"seed {seed}, step {step}");
        }
    }

    private async Task StepAsync(Random random, RandomCorpus corpus)
    {
        var status = await Index.MigrationStatusAsync();
        switch (random.Next(8))
        {
            case 0 when status.Previous is not null:
                await Index.RollBackMigrationAsync();
                return;
            case 1 when status.Previous is not null:
                await Index.FinishMigrationAsync();
                return;
            case 0 or 1 when status.Building is not null:
                await Index.PromoteMigrationAsync();
                return;
            case 2 when status.Building is not null:
                await Index.CancelMigrationAsync();
                return;
            case 2 when status is { Previous: null, Active.Pipeline.Space: Former }:
                await Index.StartMigrationAsync();
                return;
            case 3 when status is { Building: null, Previous: null, Active.Pipeline.Space: Next }:
                await RebuildAsync(corpus);
                return;
            default:
                corpus.Change();
                await SyncAsync([.. corpus.Documents()]);
                return;
        }
    }

    /// <summary>The other way to another model, so that a migration can begin again.</summary>
    private async Task RebuildAsync(RandomCorpus corpus) => await new SyncBench(Store) { Clock = Clock }.SyncAsync(
        new ScriptedSource("s", [.. corpus.Documents()]),
        request => request with { Rebuild = true, Guard = DeletionGuard.Off });

    private async Task<List<string>> LinesAsync(string space)
    {
        var lines = new List<string>();
        await foreach (var chunk in Store.Reader.ChunksAsync("default", null, withVectors: true, default))
        {
            lines.Add(MemoryExport.Line(space, chunk));
        }

        return lines;
    }

    private async Task<long> BehindAsync(NamespaceSummary known)
    {
        var session = await Store.Records.OpenAsync(new SessionRequest("default", TimeSpan.Zero, ForPlan: true, KeepText: true), default);
        await using var held = session;
        var behind = 0L;
        await foreach (var page in session.ListBehindAsync(known.Beside!, default))
        {
            behind += page.Count;
        }

        return behind;
    }

    /// <summary>What was is as it was, whatever generations have answered since.</summary>
    private async Task PastIsAsItWasAsync(IEnumerable<long> sequences, string where)
    {
        foreach (var sequence in sequences)
        {
            await foreach (var document in Store.Past.DocumentsAsync("default", "", sequence, default))
            {
                var text = "";
                await foreach (var chunk in Store.Past.ChunksAsync("default", document.Id, sequence, default))
                {
                    text += chunk.Text;
                }

                ContentHash.Of(text).ShouldBe(document.TextHash, $"{where}: '{document.Id}' as of {sequence}");
            }
        }
    }

    private Task BeginAsync(params DocumentChange[] changes) => new SyncBench(Store) { Clock = Clock }.SyncAsync(
        new ScriptedSource("s", changes), request => request with { Guard = DeletionGuard.Off });

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Index.SyncAsync(
        [new ScriptedSource("s", changes)], new SyncOptions { Guard = DeletionGuard.Off, BatchSize = 3 });

    private static async Task<string> RefusedAsync(Func<Task> command) => (await Should.ThrowAsync<TidemarkException>(command)).Code;

    private static EmbeddingModel ModelOf(string space, CountingGenerator generator) => new()
    {
        Space = new EmbeddingSpace(space, CountingGenerator.Dimensions),
        Generator = generator,
        PricePerMillionTokens = 0,
    };

    /// <summary>What readers get of a corpus that was indexed at once.</summary>
    private sealed class MemoryExport(RandomCorpus corpus, bool isNext)
    {
        public async Task<List<string>> LinesAsync()
        {
            var store = new InMemory.InMemoryStore(TimeProvider.System);
            var space = isNext ? Next : Former;
            await new SyncBench(store) { Space = space }.SyncAsync(new ScriptedSource("s", [.. corpus.Documents()]));
            var lines = new List<string>();
            await foreach (var chunk in store.Reader.ChunksAsync("default", null, withVectors: true, default))
            {
                lines.Add(Line(space, chunk));
            }

            return lines;
        }

        public static string Line(string space, IndexedChunk chunk) =>
            $"{space} {chunk.Document}#{chunk.Ordinal} {chunk.Id} {chunk.Metadata} [{chunk.Text}] {chunk.Vector is not null}";
    }
}
