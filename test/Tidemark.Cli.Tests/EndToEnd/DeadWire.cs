using System.Buffers.Binary;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Wires to PostgreSQL that go dead in a phase of a call, and what is heard last on them.</summary>
internal static class DeadWire
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

    /// <summary>The call of that phase, with what it goes through.</summary>
    public static string[] Call(string phase, ServerWorkspace work, FaultyWire wire) =>
        [.. Phases[phase].Call, "--store", FaultyWireTests.Through(work, wire), "--json"];

    public static async Task<FaultyWire> PrepareAsync(ServerWorkspace work, string phase, string fault)
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
