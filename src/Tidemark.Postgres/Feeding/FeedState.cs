using System.Text.Json;

namespace Tidemark.Postgres.Feeding;

/// <summary>How far a feed has come; one entry of the store, written with the changes that it brought.</summary>
internal sealed record FeedState
{
    /// <summary>The replication slot, and the publication.</summary>
    public required string Slot { get; init; }

    /// <summary>The slot is about to be made: one that is there may be half made.</summary>
    public bool IsMaking { get; init; }

    /// <summary>Which server's log it is.</summary>
    public string System { get; init; } = "";

    /// <summary>Of its log; 0: written before this was noted.</summary>
    public uint Timeline { get; init; }

    /// <summary>Everything that was committed before it is in the queue. The slot is told only what stands here.</summary>
    public ulong Position { get; init; }

    /// <summary>What versions count from; see <see cref="FeedVersion"/>.</summary>
    public long Origin { get; init; }

    /// <summary>The highest version that was given.</summary>
    public long Top { get; init; }

    /// <summary>A transaction of which parts are in the queue already: its commit, zero for none, …</summary>
    public ulong OpenCommit { get; init; }

    /// <summary>… and how many parts were given a version.</summary>
    public int OpenParts { get; init; }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, TableState> Tables { get; init; } = new Dictionary<string, TableState>(StringComparer.Ordinal);

    public FeedState With(string table, TableState state) =>
        this with { Tables = new Dictionary<string, TableState>(Tables, StringComparer.Ordinal) { [table] = state } };

    public double Share
    {
        get
        {
            var all = Tables.Values.Sum(table => Math.Max(1, table.Blocks));
            return all == 0 ? 0 : Tables.Values.Sum(table => table.IsRead ? Math.Max(1, table.Blocks) : table.BlocksRead) / (double)all;
        }
    }

    public long Held => Tables.Values.Sum(table => table.Held);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("slot", Slot);
        json.WriteBoolean("making", IsMaking);
        json.WriteString("system", System);
        json.WriteNumber("timeline", Timeline);
        json.WriteString("position", SourceDatabase.Text(Position));
        json.WriteNumber("origin", Origin);
        json.WriteNumber("top", Top);
        json.WriteString("openCommit", SourceDatabase.Text(OpenCommit));
        json.WriteNumber("openParts", OpenParts);
        json.WriteStartObject("tables");
        foreach (var (name, table) in Tables.OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            table.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static FeedState Read(JsonElement json) => new()
    {
        Slot = json.GetProperty("slot").GetString()!,
        IsMaking = json.GetProperty("making").GetBoolean(),
        System = json.GetProperty("system").GetString()!,
        Timeline = json.TryGetProperty("timeline", out var timeline) ? timeline.GetUInt32() : 0,
        Position = SourceDatabase.Position(json.GetProperty("position").GetString()),
        Origin = json.GetProperty("origin").GetInt64(),
        Top = json.GetProperty("top").GetInt64(),
        OpenCommit = SourceDatabase.Position(json.GetProperty("openCommit").GetString()),
        OpenParts = json.GetProperty("openParts").GetInt32(),
        Tables = json.GetProperty("tables").EnumerateObject().ToDictionary(
            table => table.Name, table => TableState.Read(table.Value), StringComparer.Ordinal),
    };
}
