using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
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

    private static readonly string[] Queries = ["paragraph 7", "paragraph 12 title 1", "title 2", "承認フロー", "seventeen paragraph"];

    private SyncBench? _bench;
    private TidemarkIndex? _index;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    private TidemarkIndex Index => _index ??= Bench.ComposeIndex();

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
        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-30), Clock.Now.AddDays(-30), dryRun: false, default);

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
                    $"{query} {mode} {hit.Chunk.Document}#{hit.Chunk.Ordinal} {hit.Chunk.Id} {hit.Chunk.Metadata} {hit.Lines} {hit.Score:F5} [{hit.Chunk.Text}]"))
                    .Order(StringComparer.Ordinal));
            }
        }

        return string.Join('\n', lines);
    }

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Bench.SyncAsync(changes);
}
