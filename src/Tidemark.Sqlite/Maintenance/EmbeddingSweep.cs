using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Removes embeddings that no chunk needs. Which are needed is looked for beside whoever writes; what came since is seen in each transaction:
/// new chunks have higher keys than any that is there, so only those behind the last one known are read.
/// </summary>
internal sealed class EmbeddingSweep(SweepTurns turns, DateTimeOffset before, DateTimeOffset now)
{
    private const string Inputs = "SELECT g.space, c.input, c.key FROM chunk c JOIN generation g ON g.id = c.generation WHERE c.key > ?1";

    // With the last chunk its key is free for another one: then what was read before says nothing.
    private const string LastChunk =
        "SELECT key, generation, document, from_sequence FROM chunk ORDER BY key DESC LIMIT 1";

    private const string SameChunk = "SELECT 1 FROM chunk WHERE key = ?1 AND generation = ?2 AND document = ?3 AND from_sequence = ?4";

    private const string Old = $"SELECT key, space, prefix FROM embedding e WHERE {GarbageRows.OldEmbeddings}";

    private const string Remove = $"DELETE FROM embedding AS e WHERE key = ?3 AND {GarbageRows.OldEmbeddings} RETURNING length(vector)";

    private readonly HashSet<(long Space, long Prefix)> _needed = [];

    /// <summary>The last chunk that was there when the needed ones were read.</summary>
    private (long Key, long Generation, long Document, long From) _last;

    public async Task<(long Count, long Bytes)> RunAsync(CancellationToken cancellationToken)
    {
        turns.Look(ReadNeeded);
        var unneeded = turns.Look(Find);
        return await turns.EachAsync(unneeded, RemoveSome, cancellationToken).ConfigureAwait(false);
    }

    private bool ReadNeeded(SqliteConnection connection)
    {
        _needed.UnionWith(GarbageRows.Canaries(connection));
        AddFrom(connection, 0);
        return true;
    }

    private List<(long Key, long Space, long Prefix)> Find(SqliteConnection connection)
    {
        var unneeded = new List<(long, long, long)>();
        using var row = connection.Statement(Old);
        row.Bind(1, before.ToStored());
        row.Bind(2, now.ToStored());
        while (row.Step())
        {
            if (!_needed.Contains((row.GetInt64(1), row.GetInt64(2))))
            {
                unneeded.Add((row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
            }
        }

        return unneeded;
    }

    private (long Count, long Bytes) RemoveSome(SqliteConnection connection, IReadOnlyList<(long Key, long Space, long Prefix)> some)
    {
        AddFrom(connection, IsLastThere(connection) ? _last.Key : 0);
        var (count, bytes) = (0L, 0L);
        using var removal = connection.Statement(Remove);
        foreach (var (key, space, prefix) in some)
        {
            if (_needed.Contains((space, prefix)))
            {
                continue;
            }

            removal.Reset();
            removal.Bind(1, before.ToStored());
            removal.Bind(2, now.ToStored());
            removal.Bind(3, key);
            while (removal.Step())
            {
                (count, bytes) = (count + 1, bytes + removal.GetInt64(0));
            }
        }

        return (count, bytes);
    }

    private bool IsLastThere(SqliteConnection connection)
    {
        if (_last.Key == 0)
        {
            return true;
        }

        using var row = connection.Statement(SameChunk);
        row.Bind(1, _last.Key);
        row.Bind(2, _last.Generation);
        row.Bind(3, _last.Document);
        row.Bind(4, _last.From);
        return row.Step();
    }

    private void AddFrom(SqliteConnection connection, long key)
    {
        using (var row = connection.Statement(Inputs))
        {
            row.Bind(1, key);
            while (row.Step())
            {
                _needed.Add((row.GetInt64(0), EmbeddingTable.PrefixOf(row.GetHash(1))));
            }
        }

        using var last = connection.Statement(LastChunk);
        _last = last.Step() ? (last.GetInt64(0), last.GetInt64(1), last.GetInt64(2), last.GetInt64(3)) : default;
    }
}
