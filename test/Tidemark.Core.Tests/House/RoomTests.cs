using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>A room of Core uses only rooms below it; docs/architecture.md draws the picture.</summary>
public sealed partial class RoomTests
{
    /// <summary>Low to high; rooms on one line do not know each other.</summary>
    private static readonly string[][] Floors =
    [
        ["Diagnostics"], ["Files", "Networking"], ["Documents"], ["Chunking"], ["Embedding"], ["Records", "Archiving"],
        ["Queueing"], ["Indexing"], ["Publishing"], ["Syncing"],
        ["Copying", "Reporting", "Searching", "Streaming", "Verifying"], ["Wire"], ["Hosting"],
    ];

    public static TheoryData<string> Rooms =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src/Tidemark.Core"))
            .Select(d => Path.GetFileName(d)!)
            .Where(n => n is not ("bin" or "obj"))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_rooms_below_it(string room)
    {
        var allowed = Below(room).Append(room).ToArray();
        foreach (var file in Repository.Sources($"src/Tidemark.Core/{room}"))
        {
            foreach (var used in Using().Matches(File.ReadAllText(file)).Select(m => m.Groups["room"].Value))
            {
                allowed.ShouldContain(used, $"'{Path.GetRelativePath(Repository.Root, file)}' may not use Tidemark.{used}.");
            }
        }
    }

    private static IEnumerable<string> Below(string room)
    {
        // Sources are adapters: they know documents, and no room knows them.
        var floor = string.Equals(room, "Sources", StringComparison.Ordinal)
            ? Array.FindIndex(Floors, f => f.Contains("Chunking", StringComparer.Ordinal))
            : Array.FindIndex(Floors, f => f.Contains(room, StringComparer.Ordinal));
        floor.ShouldBeGreaterThanOrEqualTo(0, $"'{room}' has no place in the order of rooms yet.");
        var below = Floors.Take(floor).SelectMany(f => f);

        // The façade puts the house together: it may name the adapters as well.
        return string.Equals(room, "Hosting", StringComparison.Ordinal) ? below.Append("Sources") : below;
    }

    [GeneratedRegex(@"^using (?:static )?Tidemark\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Using();
}
