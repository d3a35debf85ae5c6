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
