using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Indexing;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Tests.Streaming;

public sealed class StartPatienceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_down_when_a_worker_starts_is_waited_for()
    {
        var (store, hearing, tries) = (new InMemoryStore(), new Hearing(), 0);

        var opened = await StartPatience.OpenAsync(
            _ => ++tries < 4 ? throw Down() : ValueTask.FromResult<ITidemarkStore>(store),
            new WorkerOptions { Watcher = hearing },
            new HastyClock(),
            Token);

        opened.ShouldBeSameAs(store);
        hearing.Heard.ShouldBe(["store.unreachable, 1 s", "store.unreachable, 2 s", "store.unreachable, 4 s", "again"]);
    }

    [Theory]
    [InlineData(true, ErrorCodes.StoreUnreachable)]
    [InlineData(false, ErrorCodes.StoreForeign)]
    public async Task What_waiting_does_not_mend_and_who_is_to_end_by_itself_end_at_once(bool untilEmpty, string code)
    {
        var tries = 0;

        await Should.ThrowAsync<TidemarkException>(() => StartPatience.OpenAsync(
            _ =>
            {
                tries++;
                throw new TidemarkException(code, "no", "do something");
            },
            new WorkerOptions { UntilEmpty = untilEmpty },
            new HastyClock(),
            Token));

        tries.ShouldBe(1);
    }

    private static TidemarkException Down() => new(ErrorCodes.StoreUnreachable, "nobody is there", "start it");

    /// <summary>Whoever rests has rested.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    private sealed class Hearing : IWorkerObserver
    {
        public List<string> Heard { get; } = [];

        public void OnOutage(TidemarkException failure, TimeSpan nextTry) => Heard.Add($"{failure.Code}, {nextTry.TotalSeconds} s");

        public void OnRecovered(TimeSpan after) => Heard.Add("again");
    }
}
