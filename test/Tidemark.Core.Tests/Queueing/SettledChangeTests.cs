using Shouldly;
using Tidemark.Queueing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Queueing;

public sealed class SettledChangeTests
{
    private static readonly ChangeLease Lease = new(1, 2, 3);
    private static readonly ChangeFailure Failure = new("code", "message", "remedy");
    private static readonly TimeSpan After = TimeSpan.FromMinutes(3);

    [Fact]
    public void What_was_not_tried_rests_and_nothing_is_held_against_it() =>
        SettledChange.Of(new ChangeSettlement.Release(Lease, After)).ShouldBe(new SettledChange(After, Failure: null, IsDead: false));

    [Fact]
    public void What_failed_rests_and_its_failure_is_noted() =>
        SettledChange.Of(new ChangeSettlement.Retry(Lease, Failure, After)).ShouldBe(new SettledChange(After, Failure, IsDead: false));

    [Fact]
    public void What_failed_for_the_last_time_is_dead_at_once() =>
        SettledChange.Of(new ChangeSettlement.Bury(Lease, Failure)).ShouldBe(new SettledChange(TimeSpan.Zero, Failure, IsDead: true));

    [Fact]
    public void What_is_done_is_not_given_back() =>
        Should.Throw<InvalidOperationException>(() => SettledChange.Of(new ChangeSettlement.Complete(Lease)));
}
