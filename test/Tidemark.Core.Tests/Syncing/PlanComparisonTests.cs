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
