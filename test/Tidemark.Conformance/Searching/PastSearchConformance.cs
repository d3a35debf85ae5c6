using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Searching;

/// <summary>A search as of a moment finds what it found then, and nothing of what came later; one that asks the archive, too, says what is gone.</summary>
public abstract class PastSearchConformance : StoreConformance
{
    private const int All = 1000;

    private const string Next = "next:32";

    private static readonly string[] Queries = ["paragraph 7", "paragraph 12 title 1", "title 2", "承認フロー", "seventeen paragraph", "paragarph 7"];

    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private int _together = 1;

    private TidemarkIndex Index => _index ??= TidemarkIndex.Create(index => index
        .UseStore(Store).UseClock(Clock).UseChunker(ChunkerOf(_together)).UseEmbedder(ModelOf(Next)).AddEmbedder(ModelOf(Bench.Space)));

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task Whatever_happens_later_it_answers_as_it_did(int seed)
    {
        var random = new Random(seed);
        var corpus = new RandomCorpus(random);
        var answers = new List<(long Run, DateTimeOffset At, string Found)>();
        for (var state = 0; state < 8; state++)
        {
            corpus.Change();
            Clock.Now += TimeSpan.FromMinutes(1);
            var run = (await Bench.SyncAsync(
                new ScriptedSource("s", [.. Titled(corpus)]), r => r with { BatchSize = random.Next(1, 10), Guard = DeletionGuard.Off })).Run!.Value;
            var gone = await Index.ArchiveAsync(TimeSpan.FromDays(30)).Select(one => one.State.Document.Id).ToListAsync();
            if (gone.Count > 0 && random.Next(2) == 0)
            {
                await Index.RestoreAsync(RestoreTarget.Document(gone[random.Next(gone.Count)]));
                run = (await Index.RunsAsync()).Runs[0].Id;
            }

            answers.Add((run, Clock.GetUtcNow(), await FindAsync(new SearchOptions())));
        }

        foreach (var (run, at, found) in answers)
        {
            (await FindAsync(new SearchOptions { AsOf = PointInTime.AfterRun(run) })).ShouldBe(found, $"run {run}");
            (await FindAsync(new SearchOptions { AsOf = PointInTime.At(at) })).ShouldBe(found, $"{at:O}");
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task Whichever_chunker_and_model_came_later_it_answers_as_the_generation_of_then(int seed)
    {
        var random = new Random(seed);
        var corpus = new RandomCorpus(random);
        var answers = new List<(PointInTime Moment, string Found)>();
        corpus.Change();
        await RebuildAsync(corpus, together: 1);
        for (var step = 0; step < 12; step++)
        {
            Clock.Now += TimeSpan.FromMinutes(1);
            await StepAsync(random, corpus);
            answers.Add((PointInTime.At(Clock.Now), await FindAsync(new SearchOptions())));
            var (moment, found) = answers[random.Next(answers.Count)];
            (await FindAsync(new SearchOptions { AsOf = moment })).ShouldBe(found, $"step {step}: {moment}");
        }

        foreach (var (moment, found) in answers)
        {
            (await FindAsync(new SearchOptions { AsOf = moment })).ShouldBe(found, $"{moment}");
        }

        (await Index.VerifyAsync(new() { Sources = [] })).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_model_of_then_words_answer_and_that_is_said()
    {
        await SyncAsync(Upsert("a", "harbour light"), Upsert("b", "wall"));
        var first = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);
        await new SyncBench(Store) { Clock = Clock, Space = Next }.SyncAsync(
            new ScriptedSource("s", [Upsert("a", "harbour light"), Upsert("b", "wall")]), request => request with { Rebuild = true });
        var index = TidemarkIndex.Create(one => one
            .UseStore(Store).UseClock(Clock).UseChunker(new ParagraphChunker("1", together: 1)).UseEmbedder(ModelOf(Next)));

        var found = await index.SearchAsync("harbour", new SearchOptions { AsOf = first });

        (found.Degraded, found.Space).ShouldBe((SearchMode.Keyword, "counting:32"));
        found.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("a");
        found.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.EmbeddingSpace);
        (await index.SearchAsync("harbour", new SearchOptions { AsOf = first, Mode = SearchMode.Keyword })).Degraded.ShouldBeNull();
        (await Should.ThrowAsync<TidemarkException>(index.SearchAsync("harbour", new SearchOptions { AsOf = first, Mode = SearchMode.Vector })))
            .Code.ShouldBe(ErrorCodes.EmbeddingSpace);
    }

    [Fact]
    public async Task What_a_rebuild_cut_otherwise_is_shown_as_it_was_and_a_state_is_told_once()
    {
        await RebuildAsync([Upsert("a", "one\n\ntwo\n\n"), Upsert("b", "three\n\nfour\n\n")], together: 1);
        var first = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);
        var before = await Index.ChunksAsync(asOf: first).Select(chunk => (chunk.Document, chunk.Ordinal, chunk.Text)).ToListAsync();
        await RebuildAsync([Upsert("a", "one\n\ntwo\n\n"), Upsert("b", "three\n\nfour\n\n")], together: 2);
        var second = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);

        before.Count.ShouldBe(4);
        (await Index.ChunksAsync(asOf: first).Select(chunk => (chunk.Document, chunk.Ordinal, chunk.Text)).ToListAsync()).ShouldBe(before);
        (await Index.ChunksAsync(asOf: second).CountAsync()).ShouldBe(2);
        (await Index.DocumentsAsync(asOf: first).Select(document => document.Chunks).ToListAsync()).ShouldBe([2, 2]);
        (await Index.HistoryAsync("a")).States.ShouldHaveSingleItem().State.Until.ShouldBeNull();
        (await Index.DifferenceAsync(first.Run!.Value, second.Run!.Value)).Documents.ShouldBeEmpty();
        await RebuildAsync([Upsert("b", "three\n\nfour\n\n")], together: 2);
        (await Index.ChunksAsync(asOf: first).Select(chunk => (chunk.Document, chunk.Ordinal, chunk.Text)).ToListAsync()).ShouldBe(before);
        (await Index.HistoryAsync("a")).States.ShouldHaveSingleItem().State.Ended.ShouldBe(StateEnd.Removed);
        (await Index.RestoreAsync(RestoreTarget.Document("a"))).Documents.ShouldBe(1);
        (await Index.VerifyAsync(new() { Sources = [] })).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_former_generation_left_is_forgotten_and_given_up_like_other_history()
    {
        DocumentChange[] documents = [Upsert("a", "one\n\ntwo\n\n"), Upsert("b", "three\n\nfour\n\n")];
        await RebuildAsync(documents, together: 1);
        var first = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);
        Clock.Now += TimeSpan.FromDays(1);
        await RebuildAsync(documents, together: 2);
        (await Index.SearchAsync("one", new SearchOptions { Mode = SearchMode.Keyword, AsOf = first })).Hits.ShouldHaveSingleItem().Chunk.Text.ShouldBe("one\n\n");

        (await Index.ForgetAsync(ForgetTarget.Document("a"))).IsClean.ShouldBeTrue();

        (await Index.ChunksAsync(asOf: first).Select(chunk => chunk.Text).ToListAsync()).ShouldBe(["three\n\n", "four\n\n"]);
        var inputs = new[] { ContentHash.Of("one\n\n"), ContentHash.Of("three\n\n") };
        var space = new EmbeddingSpace(Bench.Space, CountingGenerator.Dimensions);
        (await Store.Embeddings.ContainsAsync(space, inputs, default)).ShouldBe([inputs[1]]);
        Clock.Now += TimeSpan.FromDays(40);
        await Index.SyncAsync([new ScriptedSource("s", [.. documents[1..], Upsert("c", "new")])]);
        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-30), Clock.Now.AddDays(-30), TimeSpan.Zero, dryRun: false, default);

        (await Should.ThrowAsync<TidemarkException>(Index.SearchAsync("three", new SearchOptions { AsOf = first }))).Code.ShouldBe(ErrorCodes.HistoryHorizon);
        (await Store.Embeddings.ContainsAsync(space, inputs, default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SearchMode.Hybrid)]
    [InlineData(SearchMode.Keyword)]
    [InlineData(SearchMode.Vector)]
    public async Task A_filter_is_met_by_what_a_document_was(SearchMode mode)
    {
        await SyncAsync(Upsert("a/x", "harbour light", """{"lang":"en"}"""), Upsert("b/y", "harbour wall", """{"lang":"de"}"""));
        var first = (await Index.RunsAsync()).Runs[0].Id;
        await SyncAsync(Upsert("a/x", "harbour light", """{"lang":"fr"}"""), Upsert("b/y", "nothing", """{"lang":"de"}"""));

        async Task<string> IdsAsync(MetadataFilter filter, PointInTime? asOf) => string.Join(' ', (await Index.SearchAsync(
            "harbour", new SearchOptions { Mode = mode, Filter = filter, AsOf = asOf })).Hits.Select(hit => $"{hit.Chunk.Document}={hit.Chunk.Text}"));
        var then = PointInTime.AfterRun(first);

        (await IdsAsync(MetadataFilter.Parse("lang=en"), then)).ShouldBe("a/x=harbour light");
        (await IdsAsync(MetadataFilter.Parse("lang=fr"), then)).ShouldBe("");
        (await IdsAsync(MetadataFilter.None with { Path = "b" }, then)).ShouldBe("b/y=harbour wall");
        (await IdsAsync(MetadataFilter.None with { Source = "s", Path = "a" }, then)).ShouldBe("a/x=harbour light");
        (await IdsAsync(MetadataFilter.None with { Source = "t" }, then)).ShouldBe("");
        (await Index.SearchAsync("harbour", new SearchOptions { Mode = mode, Filter = MetadataFilter.Parse("lang=fr"), AsOf = then }))
            .Warnings.ShouldBeEmpty("'lang' there was");
        (await Index.SearchAsync("harbour", new SearchOptions { Mode = mode, Filter = MetadataFilter.Parse("color=red"), AsOf = then }))
            .Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SearchFilter);
    }

    [Fact]
    public async Task A_hit_has_the_lines_of_the_text_of_then()
    {
        await SyncAsync(Upsert("a", "one\n\ntwo\n\nthree"), Upsert("b", "other"));
        var first = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);
        await SyncAsync(Upsert("a", "zero\n\nhalf\n\none\n\nthree"), Upsert("b", "other"));

        var found = (await Index.SearchAsync("three", new SearchOptions { Mode = SearchMode.Keyword, AsOf = first })).Hits.ShouldHaveSingleItem();
        (found.Chunk.Ordinal, found.Lines).ShouldBe((2, new LineSpan(5, 5)));
        found = (await Index.SearchAsync("other", new SearchOptions { Mode = SearchMode.Keyword, AsOf = first })).Hits.ShouldHaveSingleItem();
        found.Lines.ShouldBe(new LineSpan(1, 1));
    }

    [Fact]
    public async Task What_had_expired_then_is_not_found_closed_or_not()
    {
        var began = Clock.Now;
        await SyncAsync(Until("a", "harbour", began.AddHours(1)), Upsert("b", "harbour"));
        await Index.ExpireAsync();
        Clock.Now += TimeSpan.FromHours(2);

        async Task<string> AtAsync(DateTimeOffset time) => string.Join(' ', (await Index.SearchAsync(
            "harbour", new SearchOptions { Mode = SearchMode.Keyword, AsOf = PointInTime.At(time) })).Hits.Select(hit => hit.Chunk.Document));

        (await AtAsync(began.AddMinutes(30))).ShouldBe("a b");
        (await AtAsync(began.AddHours(1))).ShouldBe("b");
        await Index.ExpireAsync();
        (await AtAsync(began.AddMinutes(30))).ShouldBe("a b");
        (await AtAsync(began.AddMinutes(90))).ShouldBe("b");
    }

    [Fact]
    public async Task Before_the_horizon_and_before_there_was_anything_it_says_so()
    {
        await SyncAsync(Upsert("a", "one"));
        var first = (await Index.RunsAsync()).Runs[0].Id;
        var empty = await Index.SearchAsync("one", new SearchOptions { AsOf = PointInTime.At(Clock.Now.AddYears(-1)) });
        empty.Hits.ShouldBeEmpty();
        empty.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SearchEmpty);
        Clock.Now += TimeSpan.FromDays(1);
        await SyncAsync(Upsert("a", "two"));
        Clock.Now += TimeSpan.FromDays(40);
        await SyncAsync(Upsert("a", "three"));
        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-30), Clock.Now.AddDays(-30), TimeSpan.Zero, dryRun: false, default);

        var refused = await Should.ThrowAsync<TidemarkException>(Index.SearchAsync("one", new SearchOptions { AsOf = PointInTime.AfterRun(first) }));
        refused.Code.ShouldBe(ErrorCodes.HistoryHorizon);
        (await Should.ThrowAsync<TidemarkException>(Index.SearchAsync("one", new SearchOptions { AsOf = PointInTime.AfterRun(99_999) })))
            .Code.ShouldBe(ErrorCodes.RunMissing);
        (await Should.ThrowAsync<TidemarkException>(Index.SearchAsync(
            "one", new SearchOptions { AsOf = PointInTime.AfterRun(first), IncludeArchived = true }))).Code.ShouldBe(ErrorCodes.Usage);
    }

    [Theory]
    [InlineData(SearchMode.Hybrid)]
    [InlineData(SearchMode.Keyword)]
    [InlineData(SearchMode.Vector)]
    public async Task What_can_be_brought_back_is_found_where_the_archive_is_asked_too_and_says_that_it_is_gone(SearchMode mode)
    {
        var began = Clock.Now;
        await SyncAsync(Upsert("live", "harbour one"), Upsert("removed", "harbour two\n\nmore", """{"lang":"en"}"""), Until("expired", "harbour three", began.AddHours(1)));
        Clock.Now += TimeSpan.FromMinutes(10);
        await SyncAsync(Upsert("live", "harbour one"), Until("expired", "harbour three", began.AddHours(1)));
        var removedAt = Clock.Now;
        Clock.Now += TimeSpan.FromHours(1);
        async Task<IReadOnlyList<IndexHit>> AskAsync(MetadataFilter filter) => (await Index.SearchAsync(
            "harbour", new SearchOptions { Mode = mode, IncludeArchived = true, Filter = filter })).Hits.Where(hit => hit.Chunk.Text.Contains("harbour")).ToList();

        (await AskAsync(MetadataFilter.None)).Single(hit => hit.Chunk.Document == "expired").Archived.ShouldBe(
            new Departure(StateEnd.Expired, began.AddHours(1)), "it is gone, although nobody has closed it");
        await Index.ExpireAsync();
        var hits = await AskAsync(MetadataFilter.None);

        hits.Select(hit => (hit.Chunk.Document, hit.Archived?.Ended)).OrderBy(hit => hit.Document).ShouldBe(
            [("expired", StateEnd.Expired), ("live", null), ("removed", StateEnd.Removed)]);
        var gone = hits.Single(hit => hit.Chunk.Document == "removed");
        (gone.Archived!.Value.At, gone.Lines).ShouldBe((removedAt, new LineSpan(1, 1)));
        (await AskAsync(MetadataFilter.Parse("lang=en"))).Select(hit => hit.Chunk.Document).ShouldBe(["removed"]);
        (await Index.SearchAsync("harbour", new SearchOptions { Mode = mode })).Hits.ShouldAllBe(hit => hit.Archived == null && hit.Chunk.Document == "live");
        await Index.RestoreAsync(RestoreTarget.Document("removed"));
        (await AskAsync(MetadataFilter.None)).Single(hit => hit.Chunk.Document == "removed").Archived.ShouldBeNull();
        await Index.PurgeAsync(new PurgeTarget { Document = "expired" });
        (await AskAsync(MetadataFilter.None)).Select(hit => hit.Chunk.Document).Order().ShouldBe(["live", "removed"]);
    }

    [Fact]
    public async Task What_was_forgotten_is_in_no_past()
    {
        await SyncAsync(Upsert("a", "harbour one"), Upsert("b", "harbour two"));
        var first = PointInTime.AfterRun((await Index.RunsAsync()).Runs[0].Id);
        await SyncAsync(Upsert("a", "changed"), Upsert("b", "changed"));
        await Index.ForgetAsync(ForgetTarget.Document("a"));

        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            (await Index.SearchAsync("harbour", new SearchOptions { Mode = mode, AsOf = first })).Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");
            (await Index.SearchAsync("harbour", new SearchOptions { Mode = mode, IncludeArchived = true })).Hits.ShouldAllBe(hit => hit.Chunk.Document == "b");
        }
    }

    private static IEnumerable<DocumentChange> Titled(RandomCorpus corpus) => corpus.Documents().OfType<DocumentChange.Upsert>().Select((one, i) => i % 3 == 0
        ? one
        : Upsert(one.Document.Id, i % 4 == 0 ? one.Document.Text + "承認フロー\n\n" : one.Document.Text, $$"""{"title":"Title {{i % 5}}"}"""));

    /// <summary>Everything that every mode finds, with its score.</summary>
    private async Task<string> FindAsync(SearchOptions options)
    {
        var lines = new List<string>();
        foreach (var query in Queries)
        {
            foreach (var mode in Enum.GetValues<SearchMode>())
            {
                var result = await Index.SearchAsync(query, options with { Mode = mode, Limit = All });
                result.IsComplete.ShouldBeTrue();
                lines.AddRange(result.Hits.Select(hit => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{query} {mode} {result.Space} {hit.Chunk.Document}#{hit.Chunk.Ordinal} {hit.Chunk.Id} {hit.Chunk.Metadata} {hit.Lines} {hit.Score:F5} [{hit.Chunk.Text}]"))
                    .Order(StringComparer.Ordinal));
            }
        }

        return string.Join('\n', lines);
    }

    private static ParagraphChunker ChunkerOf(int together) => new(together.ToString(CultureInfo.InvariantCulture), together);

    private static EmbeddingModel ModelOf(string space) => new()
    {
        Space = new EmbeddingSpace(space, CountingGenerator.Dimensions),
        Generator = new CountingGenerator(),
    };

    private async Task StepAsync(Random random, RandomCorpus corpus)
    {
        var status = await Index.MigrationStatusAsync();
        switch (random.Next(7))
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
            case 2 when status is { Previous: null, Building: null } && status.Active!.Pipeline.Space != Next:
                await Index.StartMigrationAsync();
                return;
            case 3 when status is { Building: null, Previous: null }:
                corpus.Change();
                await RebuildAsync(corpus, random.Next(1, 4));
                return;
            default:
                corpus.Change();
                await Index.SyncAsync([new ScriptedSource("s", [.. Titled(corpus)])], new SyncOptions { Guard = DeletionGuard.Off, BatchSize = 3 });
                return;
        }
    }

    private Task RebuildAsync(RandomCorpus corpus, int together) => RebuildAsync([.. Titled(corpus)], together);

    private async Task RebuildAsync(DocumentChange[] changes, int together)
    {
        (_index, _together) = (null, together);
        await new SyncBench(Store) { Clock = Clock, Chunker = ChunkerOf(together) }.SyncAsync(
            new ScriptedSource("s", changes), request => request with { Rebuild = true, Guard = DeletionGuard.Off });
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Bench.SyncAsync(changes);
}
