using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>How long documents are valid that say nothing themselves is decided by rules, whichever way they come.</summary>
public abstract class ExpiryRuleConformance : StoreConformance
{
    private static readonly DocumentPolicy Offers = new()
    {
        Expiry = [new TimeToLive(MetadataFilter.Parse("kind=offer"), TimeSpan.FromDays(7)) { From = RuleDate.Field("published") }],
    };

    private SyncBench? _bench;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    [Fact]
    public async Task A_rule_expires_what_it_covers_and_the_plan_names_it()
    {
        var source = new ScriptedSource("s", [Offer("a", Day(0)), Upsert("b", "two"), Mine("own", Day(0), Clock.Now.AddDays(30)), Upsert("c", "three", """{"kind":"offer"}""")]);

        var plan = await Index(Offers).PlanAsync([source]);
        var report = await Index(Offers).SyncAsync([source]);

        plan.Documents.ShouldBe(report.Documents);
        plan.Changes!.Select(change => (change.Document, change.By.ExpiresAt)).ShouldBe([("a", "expiry[0]"), ("b", null), ("c", null), ("own", null)], ignoreOrder: true);
        report.Warnings.Single().ShouldSatisfyAllConditions(warning => warning.Item.ShouldBe("c"), warning => warning.Code.ShouldBe(ErrorCodes.RuleUndated));
        (await ExpiresAsync("a")).ShouldBe(Today.AddDays(7));
        (await ExpiresAsync("b")).ShouldBeNull();
        (await Index(Offers).VerifyAsync(new VerifyOptions { Sources = [source] })).InSync.ShouldBeTrue();
        Clock.Now += TimeSpan.FromDays(8);
        (await Index(Offers).DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["b", "c", "own"]);
    }

    [Fact]
    public async Task What_has_expired_by_a_rule_stays_away_until_its_date_moves()
    {
        var first = new ScriptedSource("s", [Offer("a", Day(0)), Upsert("b", "two")]);
        await Index(Offers).SyncAsync([first]);
        Clock.Now += TimeSpan.FromDays(8);
        var asked = Bench.Generator.Asked.Count;

        var plan = await Index(Offers).PlanAsync([first]);
        plan.Changes!.Single().ShouldSatisfyAllConditions(
            change => (change.Document, change.Change, change.Reason).ShouldBe(("a", "deleted", "expired")), change => change.By.ExpiresAt.ShouldBe("expiry[0]"));
        (await Index(Offers).SyncAsync([first])).Documents.Deleted.ShouldBe(1);
        var again = (await Index(Offers).SyncAsync([first])).Documents;
        (again.Added, again.Updated, again.Deleted, again.Skipped).ShouldBe((0, 0, 0, 2));
        (await Index(Offers).SyncAsync([new ScriptedSource("s", [Offer("a", Day(0)), Upsert("b", "two")])])).Documents.Added.ShouldBe(1, "published today");
        Bench.Generator.Asked.Count.ShouldBe(asked, "its vectors are still there");
    }

    [Fact]
    public async Task A_changed_rule_holds_at_the_next_listing_and_embeds_nothing()
    {
        var source = new ScriptedSource("s", [Offer("a", Day(0), version: 3), Upsert("b", "two", version: 1)]);
        await Index(DocumentPolicy.None).SyncAsync([source]);
        var asked = Bench.Generator.Asked.Count;

        var plan = await Index(Offers).PlanAsync([source]);
        plan.Changes!.Single(change => change.Document == "a").ShouldSatisfyAllConditions(
            change => (change.Change, change.Changed).ShouldBe(("metadata", ChangedInputs.ExpiresAt)), change => change.By.ExpiresAt.ShouldBe("expiry[0]"));
        (await Index(Offers).SyncAsync([source])).Documents.ShouldSatisfyAllConditions(
            counts => counts.Updated.ShouldBe(1), counts => counts.Failed.ShouldBe(0, "an equal version is no conflict where a rule decided"));
        (await ExpiresAsync("a")).ShouldNotBeNull();
        var reads = source.Reads;
        (await Index(Offers).SyncAsync([source])).Documents.Skipped.ShouldBe(2);
        source.Reads.ShouldBe(reads, "its items are trusted again");

        (await Index(DocumentPolicy.None).SyncAsync([source])).Documents.ShouldSatisfyAllConditions(
            counts => counts.Updated.ShouldBe(1), counts => counts.Failed.ShouldBe(0));
        (await ExpiresAsync("a")).ShouldBeNull();
        Bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_worker_judges_by_the_same_rules()
    {
        DocumentChange[] changes = [Offer("a", Day(0)), Upsert("b", "two"), Upsert("c", "three", """{"kind":"offer"}""")];
        await Index(Offers).EnqueueAsync(changes.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });

        var worked = await Index(Offers).RunWorkerAsync(new WorkerOptions { UntilEmpty = true });

        worked.Total.Warnings.Single().Code.ShouldBe(ErrorCodes.RuleUndated);
        (await ExpiresAsync("a")).ShouldBe(Today.AddDays(7));
        var listed = (await Index(Offers).SyncAsync([new ScriptedSource("s", changes)])).Documents;
        (listed.Skipped, listed.Updated).ShouldBe((3, 0));
        var undated = Offers with { Expiry = [new TimeToLive(MetadataFilter.None, TimeSpan.FromDays(1))] };
        await Index(undated).EnqueueAsync(new[] { Upsert("d", "four") }.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });
        await Index(undated).RunWorkerAsync(new WorkerOptions { UntilEmpty = true });
        (await ExpiresAsync("d")).ShouldBeNull("that it was enqueued says nothing of its age");
    }

    [Fact]
    public async Task Nothing_of_an_append_only_namespace_expires_by_a_rule()
    {
        var index = Index(Offers, appendOnly: true);

        (await index.SyncAsync([new ScriptedSource("s", [Offer("a", Day(-30))])])).Documents.Added.ShouldBe(1);

        (await ExpiresAsync("a")).ShouldBeNull();
    }

    private DateTimeOffset Today => new(Clock.Now.UtcDateTime.Date, TimeSpan.Zero);

    private string Day(int days) => Clock.Now.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DocumentChange Offer(string id, string published, long? version = null) =>
        Upsert(id, "an offer", $$"""{"kind":"offer","published":"{{published}}"}""", version: version);

    private static DocumentChange Mine(string id, string published, DateTimeOffset time) => new DocumentChange.Upsert(
        ((DocumentChange.Upsert)Offer(id, published)).Document with { ExpiresAt = time });

    private async Task<DateTimeOffset?> ExpiresAsync(string id) => (await Index(DocumentPolicy.None).DocumentAsync(id)).Document.ExpiresAt;

    private TidemarkIndex Index(DocumentPolicy policy, bool appendOnly = false) => TidemarkIndex.Create(index =>
    {
        index.UseStore(Store).UseEmbedder(Bench.Pipeline.Model).UseChunker(Bench.Pipeline.Chunker).UseClock(Clock).UsePolicy(policy);
        if (appendOnly)
        {
            index.AppendOnly();
        }
    });
}
