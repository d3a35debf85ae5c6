using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>
/// A wire to PostgreSQL that is kept open when nothing passes it any more: a call ends with an error that says so. A server that works on
/// what was asked is waited for (<see cref="BusyServerTests"/>).
/// </summary>
public sealed class DeadWireTests
{
    private static readonly (string Phase, string Fault, bool IsDeadForAll)[] Deaths =
    [
        ("copy", "a huge message", false),
        ("copy", "silence", true),
        ("commit", "silence", false),
        ("end of the run", "a huge message", false),
        ("result", "a huge message", true),
        ("result", "rubbish", true),
    ];

    /// <summary>All at once, for each is a minute of waiting.</summary>
    [Fact]
    public async Task One_that_is_dead_and_kept_open_is_given_up()
    {
        var ends = await Task.WhenAll(Deaths.Select(death => EndOfAsync(death.Phase, death.Fault, death.IsDeadForAll)));

        ends.ShouldBe(Deaths.Select(death => $"{death}: dead, exit code 1, {ErrorCodes.StoreUnreachable}"));
    }

    private static async Task<string> EndOfAsync(string phase, string fault, bool isDeadForAll)
    {
        await using var work = new ServerWorkspace();
        using var wire = await DeadWire.PrepareAsync(work, phase, fault);
        wire.IsDeadForAll = isDeadForAll;

        var result = await work.Files.RunAsync(DeadWire.Call(phase, work, wire));

        return $"{(phase, fault, isDeadForAll)}: {(wire.IsDead ? "dead" : "alive")}, exit code {result.ExitCode}, {result.Json["error"]?["code"]}";
    }
}
