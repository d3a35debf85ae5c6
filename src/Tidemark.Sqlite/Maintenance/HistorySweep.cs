using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Removes what ended of one namespace before its horizon, and commits and runs that nothing names any more. Found beside whoever writes, and
/// looked at again where it is removed.
/// </summary>
internal sealed class HistorySweep(SweepTurns turns, SweptNamespace @namespace)
{
    // What was given up cannot be asked for any more.
    private const string MoveHorizon = "UPDATE namespace SET horizon = ?2 WHERE id = ?1 AND horizon < ?2";

    private const string OldRows = $"""
        SELECT document, 0, key FROM document_history WHERE {GarbageRows.OldStates}
        UNION ALL SELECT document, 1, key FROM chunk WHERE {GarbageRows.OldChunks} ORDER BY 1
        """;

    private const string RemoveState =
        $"DELETE FROM document_history WHERE {GarbageRows.OldStates} AND key = ?3 RETURNING {GarbageRows.StateSize}";

    private const string RemoveChunk = $"DELETE FROM chunk WHERE {GarbageRows.OldChunks} AND key = ?3 RETURNING {GarbageRows.ChunkSize}";

    private const string EmptyGenerations = $"""
        SELECT id FROM generation WHERE namespace = ?1 AND {RowStates.Retired} AND ?2 >= 0
          AND NOT EXISTS (SELECT 1 FROM chunk c WHERE c.generation = generation.id)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.generation = generation.id)
        """;

    // A commit stays that something kept began or ended with, that is not before the horizon, or that is the last. Nothing comes to name
    // another one: what is written begins and ends with a new one.
    private const string UnnamedCommits = """
        SELECT sequence FROM commit_log WHERE namespace = ?1 AND sequence <= ?2
          AND sequence < (SELECT min(horizon, sequence) FROM namespace WHERE id = ?1)
        EXCEPT SELECT sequence FROM document WHERE namespace = ?1
        EXCEPT SELECT h.from_sequence FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1
        EXCEPT SELECT h.to_sequence FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1
        EXCEPT SELECT c.from_sequence FROM chunk c JOIN generation g ON g.id = c.generation WHERE g.namespace = ?1
        EXCEPT SELECT c.to_sequence FROM chunk c JOIN generation g ON g.id = c.generation WHERE g.namespace = ?1
        """;

    // A run stays with its commits and documents, and as one of the newest.
    private const string UnnamedRuns = """
        SELECT id FROM run WHERE namespace = ?1 AND finished_at < ?2
          AND id < coalesce((SELECT min(id) FROM (SELECT id FROM run WHERE namespace = ?1 ORDER BY id DESC LIMIT ?3)), 0)
          AND id IS NOT (SELECT id FROM run WHERE namespace = ?1 AND +complete = 1 ORDER BY id DESC LIMIT 1)
        EXCEPT SELECT run FROM commit_log WHERE namespace = ?1
        EXCEPT SELECT run FROM document WHERE namespace = ?1
        EXCEPT SELECT h.run FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1
        """;

    /// <summary>A document's states and chunks go together: of a state that is kept all chunks are, and no chunk is of none.</summary>
    public async Task<SweptHistory> PastAsync(CancellationToken cancellationToken)
    {
        var swept = default(SweptHistory);
        foreach (var rows in turns.Parts(turns.Look(ListOld), (one, next) => one.Document == next.Document))
        {
            swept += await turns.RunAsync(connection => Remove(connection, rows), cancellationToken).ConfigureAwait(false);
        }

        return swept;
    }

    /// <summary>Records of what was removed without a version; they are not counted among the remembered any more.</summary>
    public Task RemovalsAsync(CancellationToken cancellationToken) => turns.EachAsync(
        Find($"SELECT key FROM document WHERE {GarbageRows.OldRemovals}"),
        (connection, keys) =>
        {
            var gone = 0L;
            foreach (var key in keys)
            {
                Run(connection, $"DELETE FROM document WHERE {GarbageRows.OldRemovals} AND key = ?3", key);
                gone += connection.Changes;
            }

            GoneCount.Add(connection, @namespace.Id, -gone);
            return (gone, 0);
        },
        cancellationToken);

    /// <summary>Retired ones, to which nothing comes any more.</summary>
    public Task GenerationsAsync(CancellationToken cancellationToken) => turns.EachAsync(
        Find(EmptyGenerations),
        (connection, generations) =>
        {
            foreach (var generation in generations)
            {
                Run(connection, "DELETE FROM catalog WHERE kind = 'generation' AND id = ?3", generation);
                Run(connection, "DELETE FROM generation WHERE id = ?3 AND namespace = ?1", generation);
            }

            return (generations.Count, 0);
        },
        cancellationToken);

    public Task CommitsAsync(CancellationToken cancellationToken) => turns.EachAsync(
        Find(UnnamedCommits),
        (connection, sequences) =>
        {
            foreach (var sequence in sequences)
            {
                Run(connection, "DELETE FROM commit_log WHERE namespace = ?1 AND sequence = ?3", sequence);
            }

            return (sequences.Count, 0);
        },
        cancellationToken);

    /// <param name="before">What ended later stays.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>How many there were.</returns>
    public async Task<long> RunsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var unnamed = turns.Look(connection =>
        {
            using var row = connection.Statement(UnnamedRuns);
            row.Bind(1, @namespace.Id);
            row.Bind(2, before.ToStored());
            row.Bind(3, HistoryLimits.RunsKept);
            return Keys(row);
        });
        var (count, _) = await turns.EachAsync(
            unnamed,
            (connection, runs) =>
            {
                foreach (var run in runs)
                {
                    Run(connection, "DELETE FROM run WHERE namespace = ?1 AND id = ?3", run);
                }

                return (runs.Count, 0);
            },
            cancellationToken).ConfigureAwait(false);
        return count;
    }

    private List<(long Document, bool IsChunk, long Key)> ListOld(SqliteConnection connection)
    {
        var old = new List<(long, bool, long)>();
        using var row = connection.Statement(OldRows);
        row.Bind(1, @namespace.Id);
        row.Bind(2, @namespace.Last);
        while (row.Step())
        {
            old.Add((row.GetInt64(0), row.GetInt64(1) != 0, row.GetInt64(2)));
        }

        return old;
    }

    private SweptHistory Remove(SqliteConnection connection, List<(long Document, bool IsChunk, long Key)> rows)
    {
        var (states, chunks, bytes) = (0L, 0L, 0L);
        using var ofStates = connection.Statement(RemoveState);
        using var ofChunks = connection.Statement(RemoveChunk);
        foreach (var (_, isChunk, key) in rows)
        {
            var removal = isChunk ? ofChunks : ofStates;
            removal.Reset();
            removal.Bind(1, @namespace.Id);
            removal.Bind(2, @namespace.Last);
            removal.Bind(3, key);
            while (removal.Step())
            {
                (states, chunks) = isChunk ? (states, chunks + 1) : (states + 1, chunks);
                bytes += removal.GetInt64(0);
            }
        }

        if (states + chunks > 0)
        {
            using var horizon = connection.Statement(MoveHorizon);
            horizon.Bind(1, @namespace.Id);
            horizon.Bind(2, @namespace.Last);
            horizon.Step();
        }

        return new SweptHistory(states, chunks, bytes);
    }

    private List<long> Find(string sql) => turns.Look(connection =>
    {
        using var row = connection.Statement(sql);
        row.Bind(1, @namespace.Id);
        row.Bind(2, @namespace.Last);
        return Keys(row);
    });

    private static List<long> Keys(SqliteStatement row)
    {
        var keys = new List<long>();
        while (row.Step())
        {
            keys.Add(row.GetInt64(0));
        }

        return keys;
    }

    private void Run(SqliteConnection connection, string sql, long key)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, @namespace.Id);
        statement.Bind(2, @namespace.Last);
        statement.Bind(3, key);
        statement.Step();
    }
}
