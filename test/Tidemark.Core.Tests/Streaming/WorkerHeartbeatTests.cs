using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Streaming;
using Tidemark.Conformance.Support;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Tests.Streaming;

/// <summary>What a worker has in hand stays its own however long the model takes.</summary>
public sealed class WorkerHeartbeatTests : WorkerSuite
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_change_is_kept_while_it_is_embedded()
    {
        var beat = new TickingClock();
        await EnqueueAsync(Upsert("a"));
        Model.Before = async _ =>
        {
            var granted = (await ListAsync()).ShouldHaveSingleItem().AvailableAt;
            Clock.Now += Visibility - TimeSpan.FromSeconds(1);
            beat.Tick();
            while ((await ListAsync()).ShouldHaveSingleItem().AvailableAt == granted)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            Clock.Now += Visibility - TimeSpan.FromSeconds(1);
            (await ClaimAsync(visibility: Visibility)).ShouldBeEmpty("it would be carried out twice");
        };

        var report = await new ChangeWorker(Store, Bench.Pipeline, beat)
            .RunAsync(Request with { Visibility = Visibility }, TestContext.Current.CancellationToken);

        report.Changes.ShouldBe(new ChangeCounts(1, 1, 0, 0, 0, 0));
        beat.Periods.ShouldBeEmpty();
    }

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
