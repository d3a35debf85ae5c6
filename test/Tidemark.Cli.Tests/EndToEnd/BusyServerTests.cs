using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A PostgreSQL server that works on what was asked: beside <see cref="DeadWireTests"/>, so that both wait at the same time.</summary>
public sealed class BusyServerTests
{
    [Fact]
    public async Task A_server_that_works_for_long_is_waited_for()
    {
        await using var work = new ServerWorkspace();
        Corpus.Create(work.Files, 20);
        await work.Files.SyncAsync("docs");
        using var process = await SlowedAsync(work);

        (await process.FinishAsync()).ShouldExit(0);
    }

    /// <summary>Reading waits on the server for somebody else's lock, longer than a dead wire (20 s) is waited for.</summary>
    private static async Task<TidemarkProcess> SlowedAsync(ServerWorkspace work)
    {
        var holder = work.ExecuteAsync(
            $"begin; lock table \"{work.Schema}\".namespace in access exclusive mode; select pg_sleep(25); commit");
        await Awaiting.FactAsync("the table is locked", () => work.IsLockedAsync("namespace"));
        var process = work.Files.Start("search", "lantern", "--json");
        await holder;
        return process;
    }
}
