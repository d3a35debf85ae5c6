using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

/// <summary>A plan may name one document more than once: it came, went and came back, or stands twice in a source.</summary>
public sealed class PlanComparisonTests
{
    [Fact]
    public void The_same_changes_in_the_same_order_have_not_moved()
    {
        Compare([Change("a", "edited"), Change("b", "added")], [Change("a", "edited"), Change("b", "added")]).ShouldBeEmpty();
        Compare([Change("a", "added"), Change("a", "deleted")], [Change("a", "added"), Change("a", "deleted")]).ShouldBeEmpty();
    }

    [Fact]
    public void One_change_more_or_less_of_a_document_is_another_plan()
    {
        Compare([Change("a", "added")], [Change("a", "added"), Change("a", "added")]).ShouldBe(["the document 'a' has changed again"]);
        Compare([Change("a", "added"), Change("a", "added")], [Change("a", "added")]).ShouldBe(["the document 'a' has changed again"]);
        Compare([Change("a", "added"), Change("a", "deleted")], [Change("a", "added"), Change("a", "edited")]).ShouldBe(["the document 'a' has changed again"]);
    }

    [Fact]
    public void What_was_to_be_touched_and_is_more_now_was_unchanged()
    {
        Compare([Change("a", "touched")], [Change("a", "edited")]).ShouldBe(["the document 'a' was unchanged, now is edited"]);
        Compare([Change("a", "edited")], [Change("a", "touched")]).ShouldBe(["the document 'a' was edited, now nothing is to be done about it"]);
        Compare([Change("a", "touched")], []).ShouldBeEmpty();
        Compare([], [Change("a", "touched")]).ShouldBeEmpty();
        PlanComparison.Compare(new ApprovedPlan { Sequence = 1, Generation = 1, Changes = [], Tokens = 0, Cost = null }, Report([]) with { Changes = null })
            .ShouldBeEmpty();
        Compare([], [Change("a", "touched"), Change("a", "edited")]).ShouldBe(["the document 'a' was not in the plan, now is edited"]);
    }

    [Fact]
    public void Whatever_a_reader_would_see_makes_a_change_another_one()
    {
        var planned = Change("a", "edited") with { Chunks = new ChunkCounts(1, 0, 2, 3), Digest = ContentHash.Of("d"), MovedFrom = "m" };
        PlannedChange[] others =
        [
            planned with { Reason = "metadata" },
            planned with { Digest = ContentHash.Of("e") },
            planned with { MovedFrom = "n" },
            planned with { Chunks = planned.Chunks with { Added = 9 } },
            planned with { Chunks = planned.Chunks with { Unchanged = 9 } },
            planned with { Chunks = planned.Chunks with { Deleted = 9 } },
        ];

        Compare([planned], [planned with { Tokens = 100 }]).ShouldBeEmpty();
        others.ShouldAllBe(other => Compare(new[] { planned }, new[] { other }).Single() == "the document 'a' has changed again");
    }

    [Theory]
    [InlineData(10, 50_000, null)]
    [InlineData(9, 50_000, null)]
    [InlineData(11, 10_000, "the embedding store: 10 tokens were to be embedded, now 11 are")]
    [InlineData(11, 60_000, "the embedding store: 10 tokens were to be embedded, now 11 are")]
    [InlineData(10, 60_000, "the price: it was 0.5 USD, now is 0.6")]
    public void More_than_was_approved_is_told_in_one_sentence(long tokens, int price, string? told)
    {
        var approved = new ApprovedPlan { Sequence = 1, Generation = 1, Changes = [], Tokens = 10, Cost = 0.5m };
        var now = Report([]) with { Embedding = new EmbeddingCounts("space", 0, 0, 0, tokens, new AvoidedTokens(0, 0), price) };

        string.Join("; ", PlanComparison.Compare(approved, now)).ShouldStartWith(told ?? "");
        PlanComparison.Compare(approved, now).Count.ShouldBe(told is null ? 0 : 1);
        PlanComparison.Compare(approved, now with { Changes = [Change("a", "added")] })
            .ShouldBe(["the document 'a' was not in the plan, now is added"], "what costs more then is no wonder");
    }

    [Fact]
    public void A_store_without_a_generation_is_of_none()
    {
        var approved = new ApprovedPlan { Sequence = 3, Generation = 0, Changes = [], Tokens = 0, Cost = null };

        PlanComparison.CompareStore(approved, new NamespaceRecord("n", 3, null)).ShouldBeEmpty();
        PlanComparison.CompareStore(approved with { Sequence = 2, Generation = 1 }, new NamespaceRecord("n", 3, null)).ShouldBe([
            "the namespace 'n' was written to: its sequence was 2, now is 3", "the generation of 'n' was 1, now is 0"]);
    }

    private static List<string> Compare(PlannedChange[] planned, PlannedChange[] now) =>
        PlanComparison.Compare(new ApprovedPlan { Sequence = 1, Generation = 1, Changes = planned, Tokens = 0, Cost = null }, Report(now));

    private static SyncReport Report(PlannedChange[] changes) => new()
    {
        Namespace = "default",
        Cleanup = "full",
        Outcome = RunOutcome.Succeeded,
        Documents = new DocumentCounts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        Chunks = new ChunkCounts(0, 0, 0, 0),
        Embedding = new EmbeddingCounts("space", 0, 0, 0, 0, new AvoidedTokens(0, 0), null),
        Changes = changes,
    };

    private static PlannedChange Change(string document, string change) => new(document, change, "text", new ChunkCounts(0, 0, 0, 0), 0);
}
