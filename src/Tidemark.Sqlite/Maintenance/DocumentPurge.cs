using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Removes what is kept of documents that are gone, inside the caller's transaction.</summary>
internal sealed class DocumentPurge(SqliteConnection connection, long @namespace)
{
    private const string Key = $"SELECT key FROM document WHERE namespace = ?1 AND id = ?2 AND {RowStates.NotLive}";

    private const string States = "SELECT entries, to_sequence FROM document_history WHERE document = ?1";

    // As of a commit at which they were valid, something is missing now.
    private const string MoveHorizon = "UPDATE namespace SET horizon = max(horizon, ?2) WHERE id = ?1";

    // An id with a version is remembered for good, so that a late older upsert cannot bring it back.
    private const string Forget = $"DELETE FROM document WHERE key = ?1 AND {RowStates.Removed} AND version IS NULL AND modified_at IS NULL";

    private readonly ChunkRemoval _chunks = new(connection);
    private long _forgotten;

    public PurgeReport Run(IReadOnlyCollection<string> documents)
    {
        var report = default(PurgeReport);
        foreach (var document in documents)
        {
            if (KeyOf(document) is { } key)
            {
                report += Purge(key);
            }
        }

        GoneCount.Add(connection, @namespace, -_forgotten);
        _chunks.RemoveVectors();
        return report;
    }

    /// <summary>What that would remove.</summary>
    public PurgeReport Count(IReadOnlyCollection<string> documents)
    {
        var report = default(PurgeReport);
        foreach (var key in documents.Select(KeyOf).OfType<long>())
        {
            var (states, _, chunks) = Read(key);
            report += new PurgeReport(states > 0 ? 1 : 0, states, _chunks.Count(chunks.Union(_chunks.ListClosed(@namespace, key))));
        }

        return report;
    }

    private long? KeyOf(string document)
    {
        using var row = connection.Statement(Key);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        return row.Step() ? row.GetInt64(0) : null;
    }

    private PurgeReport Purge(long document)
    {
        var (states, last, chunks) = Read(document);
        var removed = _chunks.Remove(chunks.Union(_chunks.ListClosed(@namespace, document)));
        Run("DELETE FROM document_history WHERE document = ?1", document);
        Run(Forget, document);
        _forgotten += connection.Changes;
        using var horizon = connection.Statement(MoveHorizon);
        horizon.Bind(1, @namespace);
        horizon.Bind(2, last);
        horizon.Step();
        return new PurgeReport(states > 0 ? 1 : 0, states, removed);
    }

    private (long States, long Last, HashSet<long> Chunks) Read(long document)
    {
        using var row = connection.Statement(States);
        row.Bind(1, document);
        var chunks = new HashSet<long>();
        long states = 0, last = 0;
        while (row.Step())
        {
            states++;
            last = Math.Max(last, row.GetInt64(1));
            chunks.UnionWith((row.FindLayout(0) ?? []).Select(entry => entry.Chunk));
        }

        return (states, last, chunks);
    }

    private void Run(string sql, long key)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, key);
        statement.Step();
    }
}
