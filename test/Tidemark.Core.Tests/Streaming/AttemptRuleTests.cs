using Shouldly;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Tests.Streaming;

public sealed class AttemptRuleTests
{
    private static readonly ChangeFailure Failure = new("code", "message", "remedy");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(8, 256)]
    [InlineData(9, 300)]
    [InlineData(1000, 300)]
    public void Rests_double_up_to_the_longest(int failedBefore, int seconds) =>
        AttemptRule.Default.RestAfter(failedBefore).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void The_last_attempt_makes_a_dead_letter()
    {
        var rule = AttemptRule.Default with { MostAttempts = 3 };

        rule.AfterFailure(Change(1), Failure).ShouldBeOfType<ChangeSettlement.Retry>().After.ShouldBe(TimeSpan.FromSeconds(2));
        rule.AfterFailure(Change(2), Failure).ShouldBeOfType<ChangeSettlement.Bury>().Failure.ShouldBe(Failure);
    }

    [Theory]
    [InlineData(ErrorCodes.StoreBusy, true)]
    [InlineData(ErrorCodes.StoreUnreachable, true)]
    [InlineData(ErrorCodes.RunLocked, true)]
    [InlineData(ErrorCodes.EmbeddingUnavailable, true)]
    [InlineData(ErrorCodes.StoreFailed, false)]
    [InlineData(ErrorCodes.Internal, false)]
    public void What_model_and_store_say_of_themselves_is_an_outage(string code, bool isOutage) =>
        Outage.IsOutage(new TidemarkException(code, "m", "r")).ShouldBe(isOutage);

    [Theory]
    [InlineData(ErrorCodes.VersionConflict, true)]
    [InlineData(ErrorCodes.EmbeddingQuarantined, true)]
    [InlineData(ErrorCodes.EmbeddingRefused, true)]
    [InlineData(ErrorCodes.EmbeddingTooLong, true)]
    [InlineData(ErrorCodes.EmbeddingInvalid, true)]
    [InlineData(ErrorCodes.EmbeddingUnavailable, false)]
    [InlineData(ErrorCodes.SourceConflict, false)]
    public void What_no_further_attempt_can_mend_is_not_tried_again(string code, bool final)
    {
        var failure = new ChangeFailure(code, "m", "r");
        AttemptRule.Default.AfterFailure(Change(0), failure).ShouldBe(
            final ? new ChangeSettlement.Bury(Change(0).Lease, failure) : new ChangeSettlement.Retry(Change(0).Lease, failure, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(ErrorCodes.EmbeddingQuarantined, true)]
    [InlineData(ErrorCodes.EmbeddingRefused, true)]
    [InlineData(ErrorCodes.EmbeddingTooLong, false)]
    public void What_was_refused_is_asked_for_again_by_the_queue(string code, bool other)
    {
        var failure = new ItemFailure("a", code, "m", "as in a sync", HidesDocuments: false);
        var told = AttemptRule.InQueue(failure);
        told.Remedy.ShouldBe(other ? "enqueue it with another text, or 'Queue.RetryAsync()', which sends what was refused again" : "as in a sync");
        (told with { Remedy = failure.Remedy }).ShouldBe(failure);
    }

    [Fact]
    public void Who_takes_workers_down_is_named_with_how_many()
    {
        var lost = AttemptRule.WorkersLost(Change(0) with { Losses = 10 });
        lost.Code.ShouldBe(ErrorCodes.QueueWorkerLost);
        lost.Message.ShouldStartWith("10 workers died");
        lost.Message.ShouldContain("'a'");
        lost.Remedy.ShouldContain("Queue.DropAsync()");
    }

    private static ClaimedChange Change(int attempts) => new()
    {
        Lease = new ChangeLease(1, 1, 1),
        Source = "s",
        Document = "a",
        Change = new DocumentChange.Delete("a", "a", default, default),
        Attempts = attempts,
        EnqueuedAt = default,
    };
}
