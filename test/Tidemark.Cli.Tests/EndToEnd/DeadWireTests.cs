using System.Buffers.Binary;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>
/// A wire to PostgreSQL that is kept open when nothing passes it any more: a call ends with an error that says so, and whoever is told to
/// stop stops. A server that works on what was asked is waited for.
/// </summary>
public sealed class DeadWireTests
{
    private const int Files = 300;

    /// <summary>What a call says to the server in that phase.</summary>
    private static readonly Dictionary<string, (string[] Call, string Said, int After)> Phases = new(StringComparer.Ordinal)
    {
        ["opening"] = (["sync", "docs"], "tidemark", 0),
        ["copy"] = (["sync", "docs"], "from stdin", 60_000),
        ["commit"] = (["sync", "docs"], "COMMIT", 0),
        ["end of the run"] = (["sync", "docs"], "update run set finished_at", 0),
        ["result"] = (["search", "lantern water"], "order by", 0),
        ["listening"] = (["worker"], "listen tidemark_queue", 0),
    };

    /// <summary>What the client hears last: nothing, what is no protocol, or the head of a message of a gigabyte.</summary>
    private static readonly Dictionary<string, byte[]> LastWords = new(StringComparer.Ordinal)
    {
        ["silence"] = [],
        ["rubbish"] = [.. Enumerable.Range(0, 300).Select(i => (byte)((i * 37) + 165))],
        ["a huge message"] = Huge(),
    };

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
        using var wire = await PrepareAsync(work, phase, fault);
        wire.IsDeadForAll = isDeadForAll;

        var result = await work.Files.RunAsync([.. Phases[phase].Call, "--store", FaultyWireTests.Through(work, wire), "--json"]);

        return $"{(phase, fault, isDeadForAll)}: {(wire.IsDead ? "dead" : "alive")}, exit code {result.ExitCode}, {result.Json["error"]?["code"]}";
    }

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
        using var wire = await PrepareAsync(work, phase, fault);
        wire.IsDeadForAll = true;
        using var process = work.Files.Start([.. Phases[phase].Call, "--store", FaultyWireTests.Through(work, wire), "--json"]);
        await Awaiting.FactAsync("the wire is dead", () => wire.IsDead);

        process.Interrupt();
        var asked = TimeProvider.System.GetTimestamp();
        var result = await process.FinishAsync();

        TimeProvider.System.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(8)); // given up by itself, it would take 20
        result.ExitCode.ShouldBeOneOf(1, 130);
    }

    private static async Task<FaultyWire> PrepareAsync(ServerWorkspace work, string phase, string fault)
    {
        Corpus.Create(work.Files, Files);
        if (Phases[phase].Call[0] != "sync")
        {
            await work.Files.SyncAsync("docs");
        }

        var wire = FaultyWireTests.WireTo(work);
        (wire.DeadOnlyAfter, wire.DeadAt, wire.DeadAfter, wire.LastWords) = (phase == "commit" ? "from stdin" : "", Phases[phase].Said, Phases[phase].After, LastWords[fault]);
        return wire;
    }

    private static byte[] Huge()
    {
        var head = new byte[60];
        head[0] = (byte)'D';
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), 0x3fff_ffff);
        return head;
    }
}
