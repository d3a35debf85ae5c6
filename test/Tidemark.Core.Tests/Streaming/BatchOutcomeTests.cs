using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Streaming;

public sealed class BatchOutcomeTests
{
    private static readonly ChangeLease Lease = new(1, 1, 1);
    private static readonly ChangeFailure Failure = new("code", "message", "remedy");

    [Fact]
    public void Every_change_counts_as_what_became_of_it()
    {
        var outcome = new BatchOutcome([.. Enumerable.Range(0, 9).Select(_ => (ClaimedChange)null!)]) { Lost = 2 };
        outcome.Done.Add(Of(Upsert("a", "text")));
        outcome.Settlements.AddRange([
            new ChangeSettlement.Retry(Lease, Failure, TimeSpan.Zero),
            new ChangeSettlement.Retry(Lease, Failure, TimeSpan.Zero),
            new ChangeSettlement.Retry(Lease, Failure, TimeSpan.Zero),
            new ChangeSettlement.Bury(Lease, Failure),
            new ChangeSettlement.Release(Lease, TimeSpan.Zero),
            new ChangeSettlement.Release(Lease, TimeSpan.Zero),
        ]);

        outcome.Counts.ShouldBe(new ChangeCounts(Claimed: 9, Done: 1, Retried: 3, Dead: 1, Lost: 2, Released: 2));
    }

    [Fact]
    public void Counts_are_added_one_by_one() =>
        (new ChangeCounts(1, 2, 3, 4, 5, 6) + new ChangeCounts(10, 20, 30, 40, 50, 60)).ShouldBe(new ChangeCounts(11, 22, 33, 44, 55, 66));

    [Fact]
    public void Whoever_is_stopped_or_gets_no_answer_blames_no_change()
    {
        Outage.IsOutage(new OperationCanceledException()).ShouldBeTrue();
        Outage.IsOutage(new InvalidOperationException()).ShouldBeFalse();
        Outage.IsOutage(new ItemException(ErrorCodes.SourceConflict, "m", "r")).ShouldBeFalse();
    }

    [Fact]
    public void What_nobody_foresaw_is_told_as_what_somebody_can_report()
    {
        var known = new TidemarkException(ErrorCodes.StoreBusy, "m", "r");
        var unforeseen = new InvalidOperationException("odd");

        Outage.Of(known).ShouldBeSameAs(known);
        var told = Outage.Of(unforeseen);
        (told.Code, told.Message, told.InnerException).ShouldBe((ErrorCodes.Internal, "an unexpected failure: odd", unforeseen));
        told.Remedy.ShouldContain("in the queue still");
    }
}
