using System.Threading.Channels;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Tests.Streaming;

public sealed class LeaseKeeperTests
{
    private static readonly WorkerOptions Request = new() { Namespace = "n", Visibility = TimeSpan.FromSeconds(30) };

    private static readonly ChangeLease First = new(1, 10, 100);
    private static readonly ChangeLease Second = new(2, 20, 200);

    private readonly TickingClock _clock = new();
    private readonly RenewalLog _queue = new();

    [Fact]
    public async Task What_is_held_is_renewed_three_times_as_often_as_needed()
    {
        await using var keeper = new LeaseKeeper(_queue, Request, _clock);
        _clock.Periods.ShouldBe([TimeSpan.FromSeconds(10)]);
        keeper.Hold([First, Second]);

        _clock.Tick();

        var renewal = await _queue.NextAsync();
        (renewal.Namespace, renewal.Visibility).ShouldBe(("n", TimeSpan.FromSeconds(30)));
        renewal.Leases.ShouldBe([First, Second], ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_let_go_is_not()
    {
        await using var keeper = new LeaseKeeper(_queue, Request, _clock);
        keeper.Hold([First]);
        keeper.Hold([Second]);
        keeper.Let([First]);

        _clock.Tick();

        (await _queue.NextAsync()).Leases.ShouldBe([Second]);
    }

    [Fact]
    public async Task With_nothing_in_hand_the_store_is_not_asked()
    {
        await using (var keeper = new LeaseKeeper(_queue, Request, _clock))
        {
            keeper.Hold([First]);
            keeper.Let([First]);
            _clock.Tick();
        }

        _queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_asked_again_at_the_next_beat()
    {
        _queue.Refusals = 1;
        await using var keeper = new LeaseKeeper(_queue, Request, _clock);
        keeper.Hold([First]);

        _clock.Tick();
        await _queue.NextAsync();
        _clock.Tick();

        (await _queue.NextAsync()).Leases.ShouldBe([First]);
    }

    [Fact]
    public async Task Whoever_is_done_beats_no_more()
    {
        var keeper = new LeaseKeeper(_queue, Request, _clock);

        await keeper.DisposeAsync();

        _clock.Periods.ShouldBeEmpty();
    }

    private sealed record Renewal(string Namespace, IReadOnlyCollection<ChangeLease> Leases, TimeSpan Visibility);

    /// <summary>A queue that notes what is renewed.</summary>
    private sealed class RenewalLog : IChangeQueue
    {
        private readonly Channel<Renewal> _renewals = Channel.CreateUnbounded<Renewal>();

        public int Refusals { get; set; }

        public int Count => _renewals.Reader.Count;

        public ValueTask<Renewal> NextAsync() => _renewals.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public ValueTask<int> RenewAsync(
            string @namespace, IReadOnlyCollection<ChangeLease> leases, TimeSpan visibility, CancellationToken cancellationToken)
        {
            _renewals.Writer.TryWrite(new Renewal(@namespace, leases, visibility));
            return Refusals-- > 0
                ? throw new TidemarkException(ErrorCodes.StoreBusy, "the store is away", "wait")
                : ValueTask.FromResult(leases.Count);
        }

        public ValueTask<EnqueueResult> EnqueueAsync(
            string @namespace,
            IReadOnlyList<SourceChange> changes,
            long mostWaiting,
            QueueCheckpoint? checkpoint,
            CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ClaimedChange>> ClaimAsync(
            string @namespace, ClaimRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<int> SettleAsync(
            string @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> WaitAsync(
            string @namespace, TimeSpan most, TimeSpan horizon, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
