using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>A room uses only rooms below it; docs/architecture.md draws the picture.</summary>
public sealed partial class RoomTests
{
    /// <summary>Low to high; rooms on one line do not know each other.</summary>
    internal static readonly string[][] Floors =
    [
        ["Diagnostics"], ["Files", "Networking"], ["Documents"], ["Wording"], ["Chunking"], ["Embedding"], ["Records", "Archiving"],
        ["Judging", "Queueing"], ["Indexing"], ["Publishing", "Rewinding"], ["Syncing", "Scheduling"],
        ["Adopting", "Copying", "Reporting", "Searching", "Streaming", "Verifying"], ["Lifecycle", "Migrating", "Serving"], ["Wire"], ["Hosting"], ["Agents"],
    ];

    /// <summary>Low to high. What stands outside of rooms puts the rooms together.</summary>
    internal static readonly Dictionary<string, string[][]> FloorsOfLeaves = new(StringComparer.Ordinal)
    {
        ["Tidemark.Sqlite"] =
        [
            ["Engine"], ["Layouts", "Locking"], ["Rows"], ["Indexing"], ["Schema"], ["Storage"], ["Embedding", "Queueing", "Searching"],
            ["Applying"], ["Publishing"], ["Records"], ["Archiving", "Care", "Maintenance"],
        ],
        ["Tidemark.Postgres"] =
        [
            ["Server"], ["Adopting", "Copying", "Feeding", "Locking"], ["Rows"], ["Indexing"], ["Schema"], ["Storage"], ["Embedding", "Queueing"],
            ["Applying"], ["Publishing"], ["Records"], ["Archiving", "Care", "Maintenance"],
        ],
        ["Tidemark.Cli"] =
        [
            ["Hosting"], ["Options"], ["Plans"], ["Output"], ["Starting", "Telemetry"], ["Agents"], ["Commands"],
        ],
        ["Tidemark.Server"] =
        [
            ["Problems", "Working"], ["Guarding"], ["Http"], ["Content", "Hooks", "Operations"], ["Endpoints"], ["Dashboard", "Description", "Health"], ["Agents"],
        ],
        ["Tidemark.Hosting"] = [["Diagnostics", "Settings"], ["Working"], ["Health"]],
        ["Tidemark.Composition"] = [["Scheduling"], ["Configuration"], ["Trust"]],
    };

    public static TheoryData<string> Rooms => [.. RoomsOf("Tidemark.Core")];

    public static TheoryData<string, string> RoomsOfLeaves
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var leaf in FloorsOfLeaves.Keys)
            {
                foreach (var room in RoomsOf(leaf))
                {
                    all.Add(leaf, room);
                }
            }

            return all;
        }
    }

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

    [Theory]
    [MemberData(nameof(RoomsOfLeaves))]
    public void A_room_of_a_leaf_uses_only_rooms_below_it(string leaf, string room)
    {
        var floor = Array.FindIndex(FloorsOfLeaves[leaf], floor => floor.Contains(room, StringComparer.Ordinal));
        floor.ShouldBeGreaterThanOrEqualTo(0, $"'{room}' has no place in the order of rooms of {leaf} yet.");
        var allowed = FloorsOfLeaves[leaf].Take(floor).SelectMany(below => below).Append(room).ToArray();
        var rooms = RoomsOf(leaf).ToArray();
        foreach (var file in Repository.Sources($"src/{leaf}/{room}"))
        {
            var used = new Regex($@"\b{Regex.Escape(leaf)}\.(?<room>\w+)", RegexOptions.NonBacktracking).Matches(File.ReadAllText(file)).Select(m => m.Groups["room"].Value);
            foreach (var other in used.Where(rooms.Contains))
            {
                allowed.ShouldContain(other, $"'{Path.GetRelativePath(Repository.Root, file)}' may not use {leaf}.{other}.");
            }
        }
    }

    private static IEnumerable<string> RoomsOf(string project) => Directory
        .GetDirectories(Path.Combine(Repository.Root, "src", project))
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => name is not ("bin" or "obj"));

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
