using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What is kept of runs and commits when their time is over, and how a collection behaves beside others.</summary>
public abstract class GarbageBesideWorkConformance : StoreConformance
{
    [Fact]
    public async Task Runs_that_nothing_names_go_when_their_time_is_over()
    {
        var writer = await RunAsync(scribe => scribe.PutAsync("a", "1"));
        await RunAsync(_ => Task.CompletedTask, isComplete: true);
        for (var i = 0; i < HistoryLimits.RunsKept + 40; i++)
        {
            await RunAsync(_ => Task.CompletedTask);
        }

        Clock.Now = Clock.Now.AddDays(100);
        var limits = new HistoryLimits(Clock.Now.AddDays(-30)) { Runs = Clock.Now.AddDays(-90) };
        (await CollectAsync(limits)).Runs.ShouldBe(40);
        (await CollectAsync(limits)).Runs.ShouldBe(0);

        var left = await Store.Reader.RunsAsync("default", int.MaxValue, default);
        left.Count.ShouldBe(HistoryLimits.RunsKept + 2);
        left.ShouldContain(run => run.Id == writer);
        left.ShouldContain(run => run.CompleteSync);
        (await Store.Care.CheckAsync("default", default)).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(90, 10, 0)]
    [InlineData(10, 90, 0)]
    [InlineData(10, 10, 5)]
    public async Task Runs_stay_for_as_long_as_they_are_to_and_never_go_before_their_history(int runs, int history, int gone)
    {
        for (var i = 0; i < HistoryLimits.RunsKept + 5; i++)
        {
            await RunAsync(_ => Task.CompletedTask);
        }

        Clock.Now = Clock.Now.AddDays(30);

        (await CollectAsync(new HistoryLimits(Clock.Now.AddDays(-history)) { Runs = Clock.Now.AddDays(-runs) })).Runs.ShouldBe(gone);
    }

    /// <summary>A commit that is over and that nothing names is in no answer; all that is shown of times and runs is what it was.</summary>
    [Fact]
    public async Task What_is_kept_of_the_past_is_shown_as_it_was_after_its_log_was_cut()
    {
        await RunAsync(scribe => scribe.PutAsync(("stays", ["1", "2"]), ("goes", ["3"])));
        for (var i = 0; i < 20; i++)
        {
            await RunAsync(scribe => scribe.PutAsync("stays", ["1", $"edit {i}"]));
        }

        await RunAsync(scribe => scribe.RemoveAsync("goes"));
        Clock.Now = Clock.Now.AddDays(40);
        await RunAsync(scribe => scribe.PutAsync("stays", ["1", "young"]));
        await RunAsync(scribe => scribe.PutAsync("new", "4"));
        var before = await HistoryAsync("stays");
        var horizon = Clock.Now.AddDays(-30);

        (await CollectAsync(new HistoryLimits(horizon) { Runs = horizon })).Documents.ShouldBe(21);

        (await HistoryAsync("stays")).ShouldBe(before.Take(2));
        var known = (await Store.Reader.NamespaceAsync("default", default))!;
        (await Store.Past.SequenceAtAsync("default", Clock.Now, default)).ShouldBe(known.Sequence);
        (await Store.Past.SequenceAtAsync("default", horizon, default)).ShouldBe(known.Horizon);
        (await Store.Care.CheckAsync("default", default)).Count.ShouldBe(0);
        (await Store.Index.CheckAsync("default", default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_is_gone_on_with_until_another_command_has_run()
    {
        var first = await RunAsync(scribe => scribe.PutAsync("a", "1"));

        (await RunAsync(scribe => scribe.PutAsync("a", "2"), former: first)).ShouldBe(first);
        (await RunAsync(scribe => scribe.PutAsync("a", "3"), former: first)).ShouldBe(first);
        var other = await RunAsync(scribe => scribe.PutAsync("a", "4"), command: "sync");
        var next = await RunAsync(scribe => scribe.PutAsync("a", "5"), former: first);

        next.ShouldBeGreaterThan(other);
        var runs = await Store.Reader.RunsAsync("default", int.MaxValue, default);
        runs.Select(run => run.Id).ShouldBe([next, other, first]);
        runs.ShouldAllBe(run => run.FinishedAt != null && run.Outcome == RunOutcome.Succeeded);
    }

    private async Task<GarbageReport> CollectAsync(HistoryLimits limits) =>
        await Store.Maintenance.CollectAsync(limits, Clock.Now.AddDays(-30), TimeSpan.Zero, dryRun: false, default);

    private async Task<List<(long, long, DateTimeOffset)>> HistoryAsync(string document)
    {
        var states = await Store.Past.StatesAsync("default", document, default);
        return [.. states.Select(state => (state.Document.Run, state.Document.Sequence, state.Document.UpdatedAt))];
    }

    private async Task<long> RunAsync(Func<StoreScribe, Task> work, bool isComplete = false, long former = 0, string command = "worker")
    {
        await using var scribe = await StoreScribe.OpenAsync(Store);
        var run = await scribe.BeginRunAsync(Clock.Now, command, former);
        await work(scribe);
        await scribe.Session.Catalog.CompleteRunAsync(
            run with { FinishedAt = Clock.Now, Outcome = RunOutcome.Succeeded, CompleteSync = isComplete }, default);
        Clock.Now = Clock.Now.AddSeconds(1);
        return run.Id;
    }
}
