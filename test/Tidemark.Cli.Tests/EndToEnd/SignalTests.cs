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

            return request.Number >= 4 && reply is not null ? reply : new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(300) };
        };
        var process = provider.Lines(2000).Work.Start(["sync", "lines.jsonl", "--json", .. flags]);
        await reached.Task;
        return process;
    }
}
