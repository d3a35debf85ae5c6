using Shouldly;
using Xunit;

namespace Tidemark.Tests.Diagnostics;

public sealed class WorkWatchTests : IDisposable
{
    private const int Large = 1 << 20;

    private readonly ManualResetEventSlim _never = new();

    public void Dispose() => _never.Set();

    [Fact]
    public async Task Work_beyond_the_limit_is_a_failed_item()
    {
        var watch = new WorkWatch(TimeSpan.FromMilliseconds(20), TimeProvider.System);

        var e = await Should.ThrowAsync<ItemException>(
            async () => await watch.RunAsync(Large, "docs/a.md", Stuck, TestContext.Current.CancellationToken));

        e.Code.ShouldBe(ErrorCodes.SourceTooSlow);
        e.Message.ShouldContain("'docs/a.md'");
        e.HidesDocuments.ShouldBeFalse();
    }

    [Fact]
    public async Task A_signal_is_heard_while_work_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var running = WorkWatch.Default.RunAsync(Large, "docs/a.md", Stuck, stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await running);
    }

    [Fact]
    public async Task What_the_work_throws_comes_through()
    {
        foreach (var size in (int[])[1, Large])
        {
            await Should.ThrowAsync<ArithmeticException>(async () => await WorkWatch.Default.RunAsync<int>(
                size, "a", () => throw new ArithmeticException(), TestContext.Current.CancellationToken));
            await Should.ThrowAsync<TimeoutException>(async () => await WorkWatch.Default.RunAsync<int>(
                size, "a", () => throw new TimeoutException(), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Small_work_is_done_at_once()
    {
        var running = WorkWatch.Default.RunAsync(10, "a", () => Environment.CurrentManagedThreadId, CancellationToken.None);
        running.IsCompleted.ShouldBeTrue();
        (await running).ShouldBe(Environment.CurrentManagedThreadId);
    }

    private int Stuck()
    {
        _never.Wait();
        return 0;
    }
}
