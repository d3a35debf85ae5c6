using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Who asks a run to end gets its report, however often he asks.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("-TERM", "asked to terminate")]
    [InlineData("-HUP", "asked to terminate")]
    [InlineData("-INT", "stopping")]
    public async Task Two_signals_at_once_are_one_and_the_run_is_closed_and_reported(string signal, string said)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        using var process = await UnderWayAsync(provider);

        process.Signal(signal);
        process.Signal(signal);
        var result = (await process.ExitAsync()).ShouldExit(130);

        new SyncOutcome(result).Outcome.ShouldBe("cancelled");
        result.Errors.ShouldContain(said);
        ((string?)(await provider.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!["outcome"]).ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("-TERM", "test-model:8", true)]
    [InlineData("-INT", "test-model:8", true)]
    [InlineData("-INT", "test-model", false)]
    public async Task A_provider_that_never_answers_is_not_waited_for(string signal, string model, bool isRun)
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: model);
        provider.Host.Reply = _ => new ProviderReply.Silence();
        using var process = provider.Lines(20).Work.Start("sync", "lines.jsonl", "--json");
        await Awaiting.FactAsync("the provider is asked", () => provider.Host.Requests.Count > 0);

        process.Signal(signal);
        var asked = TimeProvider.System.GetTimestamp();
        var result = (await process.FinishAsync()).ShouldExit(130);

        TimeProvider.System.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(8)); // of the 60 of a request's timeout
        result.Errors.ShouldNotContain("next try");
        if (isRun)
        {
            new SyncOutcome(result).Outcome.ShouldBe("cancelled");
            ((string?)(await provider.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!["outcome"]).ShouldBe("cancelled");
        }
    }

    [Fact]
    public async Task After_the_signal_no_next_try_is_promised()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        var told = new TaskCompletionSource();
        provider.Host.Reply = _ => new ProviderReply.Late(told.Task, ProviderReply.Error(503));
        using var process = provider.Lines(20).Work.Start("sync", "lines.jsonl", "--json");
        await Awaiting.FactAsync("the provider is asked", () => provider.Host.Requests.Count > 0);

        process.Interrupt();
        await Awaiting.FactAsync("the signal was heard", () => process.ErrorsSoFar.Contains("stopping", StringComparison.Ordinal));
        told.SetResult();

        (await process.FinishAsync()).ShouldExit(130).Errors.ShouldNotContain("next try");
    }

    [Fact]
    public async Task Only_a_person_who_insists_ends_it_at_once()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        using var process = await UnderWayAsync(provider, new ProviderReply.Silence());

        process.Signal("-TERM");
        await Task.Delay(1200, CancellationToken.None);
        process.Signal("-TERM");
        await Task.Delay(200, CancellationToken.None);
        process.HasExited.ShouldBeFalse("a supervisor repeats itself");
        process.Signal("-INT");

        (await process.ExitAsync()).ShouldExit(130).Output.ShouldBeEmpty();
        provider.Host.Reply = _ => ProviderReply.Good;
        (await provider.SyncAsync()).Outcome.ShouldBe("succeeded");
    }

    [Fact]
    public async Task With_quiet_nothing_is_acknowledged()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        using var process = await UnderWayAsync(provider, flags: "--quiet");

        process.Interrupt();

        (await process.ExitAsync()).ShouldExit(130).Errors.ShouldNotContain("stopping");
    }

    private static async Task<TidemarkProcess> UnderWayAsync(
        ProviderWorkspace provider, ProviderReply? reply = null, params string[] flags)
    {
        provider.Work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = "10";
        var reached = new TaskCompletionSource();
        provider.Host.Reply = request =>
        {
            if (request.Number == 4)
            {
                reached.TrySetResult();
            }

            // One whose first answer was slow is waited for as long again.
            return request.Number >= 4 && reply is not null ? reply
                : new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(request.Number == 0 && reply is not null ? 2500 : 300) };
        };
        var process = provider.Lines(2000).Work.Start(["sync", "lines.jsonl", "--json", .. flags]);
        await reached.Task;
        return process;
    }
}
