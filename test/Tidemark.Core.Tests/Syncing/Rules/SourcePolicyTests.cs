using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Syncing.Rules;
using Xunit;

namespace Tidemark.Tests.Syncing.Rules;

public sealed class SourcePolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Rules_that_differ_in_what_stands_in_a_value_are_not_the_same()
    {
        string Described(string condition) => new DocumentPolicy { Expiry = [new TimeToLive(MetadataFilter.Parse(condition), TimeSpan.FromDays(1))] }.Describe();

        Described("k=\"a,b\"").ShouldNotBe(Described("k=a,b"));
        Described("k=null").ShouldNotBe(Described("k=\"null\""));
    }

    [Fact]
    public void A_document_s_own_time_counts_before_any_rule()
    {
        var policy = Policy(new TimeToLive(MetadataFilter.None, Week));

        Of(policy, Make() with { ExpiresAt = Noon }).ShouldBe((Noon, null));
        Of(policy, Make()).ShouldBe((Noon + Week, "expiry[0]"));
    }

    [Fact]
    public void The_first_rule_that_covers_a_document_counts()
    {
        var policy = Policy(
            new TimeToLive(MetadataFilter.Parse("keep=true"), null),
            new TimeToLive(MetadataFilter.None with { Source = "elsewhere" }, TimeSpan.Zero),
            new TimeToLive(MetadataFilter.None with { Path = "news" }, Week),
            new TimeToLive(MetadataFilter.None, Week * 2));

        Of(policy, Make("news/a")).ShouldBe((Noon + Week, "expiry[2]"));
        Of(policy, Make("newsletter")).ShouldBe((Noon + (Week * 2), "expiry[3]"));
        Of(policy, Make("news/a") with { Metadata = DocumentMetadata.Parse("""{"keep":true}""") }).ShouldBe((null, null), "for ever");
    }

    [Theory]
    [InlineData("""{"published":"2026-04-01"}""", "2026-04-08T00:00:00Z")]
    [InlineData("""{"published":"2026-04-01T10:00:00+02:00"}""", "2026-04-08T08:00:00Z")]
    [InlineData("""{"published":"2026-04"}""", "2026-04-08T00:00:00Z")]
    [InlineData("""{"published":"soon"}""", null)]
    [InlineData("""{"published":20260401}""", null)]
    [InlineData("{}", null)]
    public void It_counts_from_a_date_of_the_metadata(string metadata, string? end)
    {
        var policy = Policy(new TimeToLive(MetadataFilter.None, Week) { From = RuleDate.Field("published") });

        var ruled = policy.For("s", appendOnly: false).Apply(Make() with { Metadata = DocumentMetadata.Parse(metadata) });

        ruled.Document.ExpiresAt.ShouldBe(end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
        (ruled.Undated is null).ShouldBe(end is not null);
    }

    [Fact]
    public void It_counts_from_the_record_s_time_or_the_file_s_and_never_past_the_calendar()
    {
        var policy = Policy(new TimeToLive(MetadataFilter.None, Week));
        var file = Make() with { Version = DocumentVersion.None, ChangedAt = Noon.AddDays(1) };

        Of(policy, file).ShouldBe((Noon.AddDays(8), "expiry[0]"));
        Of(policy, file with { Version = new DocumentVersion(null, Noon) }).ShouldBe((Noon + Week, "expiry[0]"));
        Of(policy, file with { ChangedAt = DateTimeOffset.MaxValue }).ShouldBe((DateTimeOffset.MaxValue, "expiry[0]"));
        Of(policy, file with { ChangedAt = null }).ShouldBe((null, null));
    }

    [Fact]
    public void Another_rule_makes_other_tokens_and_no_rule_the_same()
    {
        var token = new ChangeToken(ContentHash.Of("a"));
        var week = Policy(new TimeToLive(MetadataFilter.None, Week)).For("s", appendOnly: false);
        var other = Policy(new TimeToLive(MetadataFilter.None, Week) { From = RuleDate.Field("published") }).For("s", appendOnly: false);

        week.Mark(token).Proves(token).ShouldBeFalse();
        week.Mark(token).Proves(other.Mark(token)).ShouldBeFalse();
        week.Mark(token).IsOtherReadingOf(token).ShouldBeTrue();
        week.Mark(ChangeToken.None).ShouldBe(ChangeToken.None);
        TierMark("premium").Proves(TierMark("archived")).ShouldBeFalse();
        SourcePolicy.None.Mark(token).ShouldBe(token);
        Policy(new TimeToLive(MetadataFilter.None with { Source = "elsewhere" }, Week)).For("s", appendOnly: false).Mark(token).ShouldBe(token);
        Policy(new TimeToLive(MetadataFilter.None, Week)).For("s", appendOnly: true).Mark(token).ShouldBe(token, "nothing expires there");

        ChangeToken TierMark(string tier) =>
            new DocumentPolicy { Tiers = [new TierRule(MetadataFilter.None, tier)] }.For("s", appendOnly: false).Mark(token);
    }

    [Theory]
    [InlineData("handbook/a", "{}", null, "premium", "tiers[1]")]
    [InlineData("handbook/a", """{"draft":true}""", null, null, "tiers[0]")]
    [InlineData("handbook/a", "{}", "archived", "archived", null)]
    [InlineData("elsewhere", "{}", null, null, null)]
    public void A_tier_is_the_document_s_own_or_that_of_the_first_rule_that_covers_it(string id, string metadata, string? own, string? tier, string? by)
    {
        var policy = new DocumentPolicy
        {
            Tiers =
            [
                new TierRule(MetadataFilter.Parse("draft=true"), "standard"),
                new TierRule(MetadataFilter.None with { Path = "handbook" }, "premium"),
            ],
        };
        var document = Make(id) with { Metadata = DocumentMetadata.Parse(metadata), Tier = own };

        var ruled = policy.For("s", appendOnly: true).Apply(document);

        (ruled.Document.Tier, ruled.By.Tier).ShouldBe((tier, by));
        policy.For("s", appendOnly: true).TierOf(document).ShouldBe(own is null ? tier : null);
        policy.For("s", appendOnly: true).Mark(new ChangeToken(ContentHash.Of("a"))).ShouldNotBe(new ChangeToken(ContentHash.Of("a")));
    }

    private static (DateTimeOffset? End, string? By) Of(DocumentPolicy policy, Document document)
    {
        var ruled = policy.For("s", appendOnly: false).Apply(document);
        return (ruled.Document.ExpiresAt, ruled.By.ExpiresAt);
    }

    private static DocumentPolicy Policy(params TimeToLive[] rules) => new() { Expiry = rules };

    private static Document Make(string id = "a") => new() { Id = id, Text = "text", Version = new DocumentVersion(null, Noon) };
}
