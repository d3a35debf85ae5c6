using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ApprovalTests
{
    private static readonly DocumentWrite.Put Planned = TestWrites.Put("a", new SourceKey(1), ["one"]);
    private static readonly DocumentWrite.Put Other = TestWrites.Put("a", new SourceKey(1), ["two"]);

    private static readonly Approval Approval = new(new ApprovedPlan
    {
        Sequence = 1,
        Generation = 1,
        Changes = [new PlannedChange("a", "edited", "text", new ChunkCounts(0, 0, 0, 0), 0) { Digest = DecisionDigest.Of(Planned) }],
        Tokens = 0,
        Cost = null,
    });

    [Fact]
    public void What_was_approved_may_be_written_and_nothing_else()
    {
        Approval.Allows("a", Planned).ShouldBeTrue();
        Approval.Allows("a", Other).ShouldBeFalse();
        Approval.Allows("b", Planned).ShouldBeFalse();
    }

    [Fact]
    public void What_no_reader_sees_needs_no_approval()
    {
        Approval.Allows("b", null).ShouldBeTrue();
        Approval.Allows("b", TestWrites.Touch(new DocumentRecord { Glance = new DocumentGlance(), Id = "b", SourceId = "b" }, ChangeToken.None)).ShouldBeTrue();
    }

    [Fact]
    public void Of_an_id_that_repeats_the_states_before_the_last_pass_if_the_plan_names_it()
    {
        var remove = TestWrites.Remove("a", new SourceKey(1), new DocumentGlance(), DocumentState.Removed);

        Approval.Allows("a", Other with { Repeats = true }).ShouldBeTrue();
        Approval.Allows("b", Other with { Repeats = true }).ShouldBeFalse();
        Approval.Allows("a", remove).ShouldBeFalse();
        Approval.Allows("a", remove with { Repeats = true }).ShouldBeTrue();
    }

    [Fact]
    public void Who_is_refused_hides_no_document()
    {
        var refusal = Approval.Refusal("a");

        (refusal.Code, refusal.HidesDocuments).ShouldBe((ErrorCodes.PlanStale, false));
        refusal.Message.ShouldBe("'a' has changed since the plan was made");
        refusal.Remedy.ShouldContain("make a new plan");
    }
}
