using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing.Rules;

public sealed class DocumentPolicyTests
{
    private static readonly TimeToLive Week = new(MetadataFilter.Parse("lang=en,de", "draft?") with { Source = "s", Path = "a\"b" }, TimeSpan.FromDays(7));

    [Fact]
    public void Every_rule_stands_in_what_describes_all_of_them()
    {
        DocumentPolicy.None.Describe().ShouldBeEmpty();
        var policy = new DocumentPolicy
        {
            Expiry = [Week, new TimeToLive(MetadataFilter.None, null) { From = RuleDate.Field("at") }],
            Tiers = [new TierRule(MetadataFilter.None, "premium")],
        };

        policy.Describe().ShouldBe(
            "expiry[0]: \"s\"|\"a\"\"b\"|\"lang\" AnyOf \"en\",\"de\"&\"draft\" Present  7.00:00:00 from modified; "
            + "expiry[1]: null|null| never from at; tiers[0]: null|null| premium");
    }

    [Fact]
    public void Only_what_may_hold_in_a_source_is_asked_there()
    {
        var policy = new DocumentPolicy { Expiry = [Week], Tiers = [new TierRule(MetadataFilter.None with { Source = "t" }, "premium")] };

        policy.For("other", appendOnly: false).ShouldBeSameAs(SourcePolicy.None);
        policy.For("s", appendOnly: true).ShouldBeSameAs(SourcePolicy.None);
        policy.For("s", appendOnly: false).ShouldNotBeSameAs(SourcePolicy.None);
        policy.For("t", appendOnly: true).TierOf(new Document { Id = "a", Text = "" }).ShouldBe("premium");
    }

    [Fact]
    public void One_rule_of_each_kind_are_two_rules()
    {
        var policy = new DocumentPolicy { Expiry = [new TimeToLive(MetadataFilter.None, TimeSpan.FromDays(7))], Tiers = [new TierRule(MetadataFilter.None, "premium")] };

        var ruled = policy.For("s", appendOnly: false).Apply(new Document { Id = "a", Text = "", ChangedAt = DateTimeOffset.UnixEpoch });

        ruled.By.ShouldBe(new RuleNames("expiry[0]", "tiers[0]"));
        (ruled.Document.ExpiresAt, ruled.Document.Tier).ShouldBe((DateTimeOffset.UnixEpoch.AddDays(7), "premium"));
    }

    [Theory]
    [InlineData(null, null, ChangedInputs.None)]
    [InlineData("expiry[0]", null, ChangedInputs.ExpiresAt)]
    [InlineData(null, "tiers[0]", ChangedInputs.Tier)]
    [InlineData("expiry[0]", "tiers[0]", ChangedInputs.ExpiresAt | ChangedInputs.Tier)]
    public void What_a_rule_decided_is_not_the_document_s_own(string? expiry, string? tier, ChangedInputs ruled) =>
        new RuleNames(expiry, tier).Ruled.ShouldBe(ruled);

    [Theory]
    [InlineData("standard", null)]
    [InlineData("Standard", null)]
    [InlineData("premium", "premium")]
    public void The_standard_is_stored_as_none(string tier, string? stored) => new TierRule(MetadataFilter.None, tier).Stored.ShouldBe(stored);

    [Fact]
    public void A_rule_that_counts_from_a_date_that_is_not_there_is_said()
    {
        var decision = Of(Upsert("a", "text"), Verdict.Added);

        UndatedRule.Look("line 1", decision).ShouldBeNull();
        var file = UndatedRule.Look("line 1", decision with { Undated = ("expiry[0]", RuleDate.Modified) }).ShouldNotBeNull();
        var field = UndatedRule.Look("line 1", decision with { Undated = ("expiry[1]", RuleDate.Field("published")) }).ShouldNotBeNull();

        (file.Item, file.Code).ShouldBe(("line 1", ErrorCodes.RuleUndated));
        file.Message.ShouldBe("'a' has no date 'modified', which 'expiry[0]' counts from, so the rule does not hold for it");
        file.Remedy.ShouldContain("'modified_at'");
        field.Message.ShouldContain("'published', which 'expiry[1]'");
        field.Remedy.ShouldContain("the field 'published'");
    }

    [Fact]
    public void A_field_has_a_name()
    {
        Should.Throw<ArgumentException>(() => RuleDate.Field(""));
        (RuleDate.Field("at").ToString(), RuleDate.Modified.ToString()).ShouldBe(("at", "modified"));
    }
}
