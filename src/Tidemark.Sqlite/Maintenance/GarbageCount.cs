using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Counts history that closed before a time and embeddings that nothing needs then: what <see cref="GarbageSweep"/> would remove.</summary>
internal sealed class GarbageCount(
    SqliteConnection connection, HistoryLimits history, DateTimeOffset embeddingsBefore, DateTimeOffset now)
{
    private const string NeededRows = $"""
        SELECT g.space, c.input FROM generation g JOIN chunk c ON c.generation = g.id
        WHERE g.namespace = ?1 AND (c.to_sequence IS NULL OR c.to_sequence > ?2 OR c.document IN (SELECT document FROM unpublished)
          OR c.document IN ({SafeguardTable.HeldDocuments}))
        """;

    private long _documents;
    private long _chunks;
    private long _bytes;
    private long _embeddings;

    public GarbageReport Run()
    {
        SafeguardCopies.Require(connection);
        var limits = HistoryEnds.List(connection, history, now);
        foreach (var (id, _, last) in limits)
        {
            _documents += Measure("document_history", GarbageRows.OldStates, GarbageRows.StateSize, id, last);
            _chunks += Measure("chunk", GarbageRows.OldChunks, GarbageRows.ChunkSize, id, last);
        }

        CountEmbeddings(NeededInputs(limits));
        return new GarbageReport(_documents, _chunks, _embeddings, _bytes, DryRun: true);
    }

    private long Measure(string table, string condition, string size, long id, long limit)
    {
        using var row = connection.Statement($"SELECT count(*), coalesce(sum({size}), 0) FROM {table} WHERE {condition}");
        row.Bind(1, id);
        row.Bind(2, limit);
        row.Step();
        _bytes += row.GetInt64(1);
        return row.GetInt64(0);
    }

    /// <summary>
    /// The first eight bytes of every input that a chunk of the time to come needs. Two inputs that share them would both
    /// be kept: that errs on the safe side and costs eight bytes a chunk instead of forty.
    /// </summary>
    private HashSet<(long Space, long Prefix)> NeededInputs(List<SweptNamespace> limits)
    {
        var needed = GarbageRows.Canaries(connection);
        foreach (var (id, _, last) in limits)
        {
            using var row = connection.Statement(NeededRows);
            row.Bind(1, id);
            row.Bind(2, last);
            while (row.Step())
            {
                needed.Add((row.GetInt64(0), EmbeddingTable.PrefixOf(row.GetHash(1))));
            }
        }

        return needed;
    }

    private void CountEmbeddings(HashSet<(long Space, long Prefix)> needed)
    {
        using var row = connection.Statement($"SELECT space, prefix, length(vector) FROM embedding e WHERE {GarbageRows.OldEmbeddings}");
        row.Bind(1, embeddingsBefore.ToStored());
        row.Bind(2, now.ToStored());
        while (row.Step())
        {
            if (!needed.Contains((row.GetInt64(0), row.GetInt64(1))))
            {
                _embeddings++;
                _bytes += row.GetInt64(2);
            }
        }
    }
}
