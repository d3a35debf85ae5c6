using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Tests.Reporting;

/// <summary>A clock that was ahead once and is right again.</summary>
public sealed class ClockTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task It_is_said_once_and_the_age_of_the_last_sync_counts_from_the_next_one()
    {
        await using var store = new InMemoryStore(_clock);
        var bench = new SyncBench(store) { Clock = _clock };
        var right = _clock.Now;
        _clock.Now = right.AddDays(1);
        (await SyncAsync(bench)).Warnings.ShouldBeEmpty();
        _clock.Now = right;

        var before = await StatusAsync(bench);
        var warned = await SyncAsync(bench);
        _clock.Now = right.AddHours(1);
        var after = await StatusAsync(bench);

        before.Freshness.LastCompleteSyncAge.ShouldBe(TimeSpan.Zero);
        before.Alerts.Select(alert => alert.Code).ShouldContain(AlertCodes.ClockWentBack);
        warned.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.ClockWentBack);
        after.Freshness.LastCompleteSyncAge.ShouldBe(TimeSpan.FromHours(1));
        after.Alerts.Select(alert => alert.Code).ShouldBe([AlertCodes.FreshnessSla]);
        (await SyncAsync(bench)).Warnings.ShouldBeEmpty();
    }

    private static Task<Tidemark.Syncing.SyncReport> SyncAsync(SyncBench bench) => bench.SyncAsync(
        new ScriptedSource("s", [ScriptedSource.Upsert("a", "one")]), request => request with { Cleanup = CleanupMode.Full });

    private Task<StatusReport> StatusAsync(SyncBench bench) =>
        new StatusEngine(bench.Store, _clock).StatusAsync(new StatusOptions(), CancellationToken.None);
}
