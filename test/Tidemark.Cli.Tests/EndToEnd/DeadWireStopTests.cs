using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Whoever is told to stop stops, on a wire to PostgreSQL that is kept open when nothing passes it any more, too.</summary>
public sealed class DeadWireStopTests
{
    [Theory]
    [InlineData("opening", "silence")]
    [InlineData("copy", "silence")]
    [InlineData("copy", "a huge message")]
    [InlineData("commit", "silence")]
    [InlineData("end of the run", "silence")]
    [InlineData("result", "a huge message")]
    [InlineData("listening", "silence")]
    public async Task Who_is_told_to_stop_waits_for_no_dead_one(string phase, string fault)
    {
        await using var work = new ServerWorkspace();
        using var wire = await DeadWire.PrepareAsync(work, phase, fault);
        wire.IsDeadForAll = true;
        using var process = work.Files.Start(DeadWire.Call(phase, work, wire));
        await Awaiting.FactAsync("the wire is dead", () => wire.IsDead);

        process.Interrupt();
        var asked = TimeProvider.System.GetTimestamp();
        var result = await process.FinishAsync();

        TimeProvider.System.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(8)); // given up by itself, it would take 20
        result.ExitCode.ShouldBeOneOf(1, 130);
    }
}
