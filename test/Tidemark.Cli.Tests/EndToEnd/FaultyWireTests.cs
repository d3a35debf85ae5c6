using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A bad wire to PostgreSQL: a run ends with an error that says so, and the next one over a good wire converges.</summary>
public sealed class FaultyWireTests
{
    private const int Files = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public async Task One_that_drops_on_the_way_loses_nothing(double part)
    {
        await using var work = new ServerWorkspace();
        using var wire = WireTo(work);
        Corpus.Create(work.Files, Files);
        wire.DropAfter = (long)(part * (await WholeAsync()).Bytes);

        var result = await work.Files.RunAsync("sync", "docs", "--store", Through(work, wire), "--json");

        result.ShouldFail(1, ErrorCodes.StoreUnreachable);
        await ConvergesAsync(work);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public async Task One_that_answers_rubbish_is_told_as_a_bad_connection(double part)
    {
        await using var work = new ServerWorkspace();
        using var wire = WireTo(work);
        Corpus.Create(work.Files, Files);
        wire.RubbishAfter = (int)(part * (await WholeAsync()).Pieces);

        var result = await work.Files.RunAsync("sync", "docs", "--store", Through(work, wire), "--json");

        ((string?)result.ShouldExit(1).Json["error"]!["code"]).ShouldBeOneOf(
            ErrorCodes.StoreUnreachable, ErrorCodes.StoreFailed, ErrorCodes.StoreCorrupt);
        await ConvergesAsync(work);
    }

    [Fact]
    public async Task One_that_is_slow_costs_time_only()
    {
        await using var work = new ServerWorkspace();
        using var wire = WireTo(work);
        Corpus.Create(work.Files, Files);
        wire.Delay = TimeSpan.FromMilliseconds(20);

        (await work.Files.RunAsync("sync", "docs", "--store", Through(work, wire), "--json")).ShouldExit(0);

        await work.Files.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Who_waits_for_a_silent_one_can_stop_waiting()
    {
        await using var work = new ServerWorkspace();
        using var wire = WireTo(work);
        Corpus.Create(work.Files, Files);
        wire.Delay = TimeSpan.FromHours(1);
        using var process = work.Files.Start("sync", "docs", "--store", Through(work, wire), "--json");
        await Awaiting.FactAsync("the server's answer is held back", () => wire.Held > 0);

        process.Interrupt();

        (await process.FinishAsync()).ShouldExit(130);
    }

    /// <summary>What the server says in such a run, if nothing is wrong.</summary>
    private static async Task<(long Bytes, int Pieces)> WholeAsync()
    {
        await using var work = new ServerWorkspace();
        using var wire = WireTo(work);
        Corpus.Create(work.Files, Files);
        (await work.Files.RunAsync("sync", "docs", "--store", Through(work, wire), "--json")).ShouldExit(0);
        return (wire.Passed, wire.Pieces);
    }

    internal static FaultyWire WireTo(ServerWorkspace work)
    {
        var address = new Uri(work.Url);
        return new FaultyWire(address.Host, address.Port);
    }

    internal static string Through(ServerWorkspace work, FaultyWire wire) =>
        work.Url.Replace($":{new Uri(work.Url).Port}/", $":{wire.Port}/", StringComparison.Ordinal);

    private static async Task ConvergesAsync(ServerWorkspace work)
    {
        await work.Files.SyncAsync("docs");
        await work.Files.VerifyCleanAsync("docs");
        (await work.Files.SyncAsync("docs")).ShouldBeNoOp();
    }
}
