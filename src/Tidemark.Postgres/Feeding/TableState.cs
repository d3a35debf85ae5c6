using System.Text.Json;

namespace Tidemark.Postgres.Feeding;

/// <summary>How far a table has been read.</summary>
internal sealed record TableState
{
    /// <summary>A hash of the table's columns and of what is made of them: another one is read anew.</summary>
    public required string Shape { get; init; }

    /// <summary>The table, or its partitions: which file each lies in, by oid. A file that changed has moved the rows.</summary>
    public IReadOnlyDictionary<long, long> Files { get; init; } = new Dictionary<long, long>();

    /// <summary>Of all of them, when reading began.</summary>
    public long Blocks { get; init; }

    public long BlocksRead { get; init; }

    /// <summary>Which of the files is read, in the order of their oids, …</summary>
    public int File { get; init; }

    /// <summary>… and from which block on.</summary>
    public long Block { get; init; }

    /// <summary>All of it was read; the log brings the rest.</summary>
    public bool IsRead { get; init; }

    /// <summary>Documents whose rows are gone have to be looked for.</summary>
    public bool IsDue { get; init; }

    /// <summary>Which commit made it due: a snapshot that is no newer does not know. Zero: any snapshot from now on does.</summary>
    public ulong DueAt { get; init; }

    /// <summary>Deletions that the guard held back.</summary>
    public long Held { get; init; }

    /// <param name="commit">Of the transaction that did it.</param>
    public TableState Emptied(ulong commit) => this with { IsDue = true, DueAt = Math.Max(DueAt, commit) };

    /// <param name="position">Of the snapshot by which documents without rows were looked for.</param>
    /// <param name="held">Deletions that the guard held back.</param>
    public TableState Reconciled(ulong position, long held) => this with { IsDue = IsDue && DueAt >= position, Held = held };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("shape", Shape);
        json.WriteNumber("blocks", Blocks);
        json.WriteNumber("blocksRead", BlocksRead);
        json.WriteNumber("file", File);
        json.WriteNumber("block", Block);
        json.WriteBoolean("read", IsRead);
        json.WriteBoolean("due", IsDue);
        json.WriteString("dueAt", SourceDatabase.Text(DueAt));
        json.WriteNumber("held", Held);
        json.WriteStartArray("files");
        foreach (var (oid, file) in Files.OrderBy(file => file.Key))
        {
            json.WriteNumberValue(oid);
            json.WriteNumberValue(file);
        }

        json.WriteEndArray();
    }

    public static TableState Read(JsonElement json)
    {
        long[] files = [.. json.GetProperty("files").EnumerateArray().Select(number => number.GetInt64())];
        return new TableState
        {
            Shape = json.GetProperty("shape").GetString()!,
            Blocks = json.GetProperty("blocks").GetInt64(),
            BlocksRead = json.GetProperty("blocksRead").GetInt64(),
            File = json.GetProperty("file").GetInt32(),
            Block = json.GetProperty("block").GetInt64(),
            IsRead = json.GetProperty("read").GetBoolean(),
            IsDue = json.GetProperty("due").GetBoolean(),
            DueAt = json.TryGetProperty("dueAt", out var commit) ? SourceDatabase.Position(commit.GetString()) : 0,
            Held = json.GetProperty("held").GetInt64(),
            Files = Enumerable.Range(0, files.Length / 2).ToDictionary(i => files[2 * i], i => files[(2 * i) + 1]),
        };
    }
}
