using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>Of which tier documents are that say none themselves is decided by rules; premium ones come first, and are measured by themselves.</summary>
public abstract class TierRuleConformance : StoreConformance
{
    private static readonly DocumentPolicy Handbook = new()
    {
        Tiers =
        [
            new TierRule(MetadataFilter.Parse("draft=true"), DocumentTiers.Standard),
            new TierRule(MetadataFilter.None with { Path = "handbook" }, DocumentTiers.Premium),
            new TierRule(MetadataFilter.None with { Source = "logs" }, DocumentTiers.Archived),
        ],
    };

    private SyncBench? _bench;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    [Fact]
    public async Task A_rule_gives_a_tier_and_the_plan_names_it()
    {
        var source = new ScriptedSource(
            "s", [Upsert("handbook/a", "one"), Upsert("handbook/draft", "two", """{"draft":true}"""), Own("handbook/own", "archived"), Upsert("other", "four")]);

        var plan = await Index(Handbook).PlanAsync([source]);
        await Index(Handbook).SyncAsync([source]);

        plan.Changes!.Select(change => (change.Document, change.By.Tier)).ShouldBe(
            [("handbook/a", "tiers[1]"), ("handbook/draft", "tiers[0]"), ("handbook/own", null), ("other", null)], ignoreOrder: true);
        (await TiersAsync()).ShouldBe([("handbook/a", "premium"), ("handbook/draft", null), ("handbook/own", "archived"), ("other", null)]);
        (await Index(Handbook).VerifyAsync(new VerifyOptions { Sources = [source] })).InSync.ShouldBeTrue();
        (await Index(Handbook).SyncAsync([source])).Documents.Skipped.ShouldBe(4);
        await Index(Handbook).SyncAsync([new ScriptedSource("logs", [Upsert("log", "five")])]);
        (await TiersAsync()).ShouldContain(("log", "archived"));
    }

    [Fact]
    public async Task A_rule_that_is_withdrawn_holds_no_more_and_nothing_is_embedded()
    {
        var source = new ScriptedSource("s", [Upsert("handbook/a", "one", version: 7), Upsert("other", "two")]);
        await Index(Handbook).SyncAsync([source]);
        var asked = Bench.Generator.Asked.Count;

        var plan = await Index(DocumentPolicy.None).PlanAsync([source]);
        plan.Changes!.Single(change => change.Document == "handbook/a").Changed.ShouldBe(ChangedInputs.Tier);
        (await Index(DocumentPolicy.None).SyncAsync([source])).Documents.Updated.ShouldBe(1);

        (await TiersAsync()).ShouldAllBe(one => one.Tier == null);
        Bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task What_a_rule_makes_premium_is_carried_out_first()
    {
        DocumentChange[] changes = [Upsert("plain", "one"), Own("last", "archived"), Upsert("handbook/a", "two")];
        await Index(Handbook).EnqueueAsync(changes.ToAsyncEnumerable(), new EnqueueOptions { SourceName = "s" });

        var claimed = await Store.Queue.ClaimAsync(
            "default", new ClaimRequest(10, TimeSpan.FromMinutes(1)), default);

        claimed.Select(change => change.Document).ShouldBe(["handbook/a", "plain", "last"]);
        ((DocumentChange.Upsert)claimed[0].Change!).Document.Tier.ShouldBeNull("the rule is asked again when it is carried out");
    }

    [Fact]
    public async Task Changes_of_premium_documents_are_measured_against_a_promise_of_their_own()
    {
        await Index(Handbook).SyncAsync([Source("handbook/a", "old", 0), Source("plain", "old", 0)]);
        Clock.Now += TimeSpan.FromHours(2);
        await Index(Handbook).SyncAsync([Source("handbook/a", "new", -120), Source("plain", "new", -10)]);

        var lags = await Store.Reader.LagsAsync("default", Clock.Now.AddMinutes(-30), Clock.Now, default);
        lags.Where(lag => !lag.IsFirstLoad).Select(lag => (lag.IsPremium, lag.Position, lag.Changes)).ShouldBe(
            [(false, LagScale.PositionOf(TimeSpan.FromSeconds(10)), 1), (true, LagScale.PositionOf(TimeSpan.FromMinutes(2)), 1)]);
        var kept = await StatusAsync(TimeSpan.FromMinutes(5));
        (kept.Premium!.Changes, kept.Premium.Breached, kept.Freshness.Changes).ShouldBe((1, false, 2));
        kept.Alerts.ShouldNotContain(alert => alert.Code == AlertCodes.FreshnessPremium);
        var broken = await StatusAsync(TimeSpan.FromMinutes(1));
        broken.Premium!.Breached.ShouldBeTrue();
        broken.Freshness.Breached.ShouldBeFalse();
        broken.Alerts.ShouldContain(alert => alert.Code == AlertCodes.FreshnessPremium);
        (await StatusAsync(null)).Premium.ShouldBeNull();
    }

    private Task<StatusReport> StatusAsync(TimeSpan? promised) => new StatusEngine(Store, Clock).StatusAsync(
        new StatusOptions { Sla = TimeSpan.FromDays(1), PremiumSla = promised, Window = TimeSpan.FromMinutes(30) }, CancellationToken.None);

    private ScriptedSource Source(string id, string text, int seconds) => new(
        $"source of {id}",
        [
            new DocumentChange.Upsert(((DocumentChange.Upsert)Upsert(id, text)).Document with
            {
                Version = new DocumentVersion(null, Clock.Now.AddSeconds(seconds)),
            }),
        ]);

    private static DocumentChange Own(string id, string tier) => new DocumentChange.Upsert(
        ((DocumentChange.Upsert)Upsert(id, "its own", version: 1)).Document with { Tier = tier });

    private async Task<List<(string Id, string? Tier)>> TiersAsync() =>
        await Index(DocumentPolicy.None).DocumentsAsync().Select(document => (document.Id, document.Tier)).ToListAsync();

    private TidemarkIndex Index(DocumentPolicy policy) => TidemarkIndex.Create(index => index
        .UseStore(Store).UseEmbedder(Bench.Pipeline.Model).UseChunker(Bench.Pipeline.Chunker).UseClock(Clock).UsePolicy(policy));
}
