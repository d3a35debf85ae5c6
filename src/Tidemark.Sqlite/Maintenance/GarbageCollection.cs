using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Finds, and in a writing transaction removes, history that closed before a time and embeddings that nothing needs then.
/// </summary>
internal sealed class GarbageCollection(
    SqliteConnection connection, HistoryLimits history, DateTimeOffset embeddingsBefore, DateTimeOffset now)
{
    // A namespace's history ends before the first commit that is not old enough, so that a clock that went backward
    // never makes it reach further. (?2 is the time now.)
    private const string Limit = $"""
        SELECT coalesce(
          (SELECT min(c.sequence) FROM commit_log c
           WHERE c.namespace = n.id AND c.at >= ?1 AND (c.at <= ?2 OR coalesce(({TimesAhead.OfCommit}), c.at) >= ?1)) - 1,
          n.sequence)
        FROM namespace n WHERE n.id = ?3
        """;

    // What searches still find, because an external index has not got what came after it, stays.
    private const string OldStates = $"""
        to_sequence <= ?2 AND document IN (SELECT key FROM document WHERE namespace = ?1)
        AND document NOT IN (SELECT document FROM unpublished) AND document NOT IN ({SafeguardTable.HeldDocuments})
        """;

    private const string OldChunks = $"""
        to_sequence <= ?2 AND generation IN (SELECT id FROM generation WHERE namespace = ?1)
        AND document NOT IN (SELECT document FROM unpublished) AND document NOT IN ({SafeguardTable.HeldDocuments})
        """;

    // What was given up cannot be asked for any more.
    private const string MoveHorizon = $"""
        UPDATE namespace SET horizon = ?2 WHERE id = ?1 AND horizon < ?2
          AND (EXISTS (SELECT 1 FROM document_history WHERE {OldStates}) OR EXISTS (SELECT 1 FROM chunk WHERE {OldChunks}))
        """;

    // An id with a version is remembered for good, so that a late older upsert cannot bring it back.
    private const string OldRemovals =
        $"namespace = ?1 AND {RowStates.Removed} AND sequence <= ?2 AND version IS NULL AND modified_at IS NULL AND key NOT IN ({SafeguardTable.HeldDocuments})";

    private const string EmptyGenerations = $"""
        namespace = ?1 AND {RowStates.Retired} AND ?2 >= 0 AND NOT EXISTS (SELECT 1 FROM chunk c WHERE c.generation = generation.id)
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.generation = generation.id)
        """;

    private const string NeededRows = $"""
        SELECT g.space, c.input FROM generation g JOIN chunk c ON c.generation = g.id
        WHERE g.namespace = ?1 AND (c.to_sequence IS NULL OR c.to_sequence > ?2 OR c.document IN (SELECT document FROM unpublished)
          OR c.document IN ({SafeguardTable.HeldDocuments}))
        """;

    private const string Embeddings = $"""
        SELECT key, space, prefix, length(vector) FROM embedding e
        WHERE e.stored_at < ?1 OR (e.stored_at > ?2 AND ({TimesAhead.OfEmbedding}) < ?1)
        """;

    private const string StateSize =
        "length(entries) + coalesce(length(CAST(text AS BLOB)), 0) + coalesce(length(CAST(metadata AS BLOB)), 0)";

    private long _documents;
    private long _chunks;
    private long _bytes;
    private long _embeddings;

    public GarbageReport Count() => Run(delete: false);

    public GarbageReport Collect() => Run(delete: true);

    private GarbageReport Run(bool delete)
    {
        SafeguardCopies.Require(connection);
        if (delete)
        {
            TimesAhead.Correct(connection, now);
        }

        var limits = ReadLimits();
        foreach (var (id, limit) in limits)
        {
            _documents += Measure("document_history", OldStates, StateSize, id, limit);
            _chunks += Measure("chunk", OldChunks, "length(CAST(text AS BLOB))", id, limit);
        }

        if (delete)
        {
            foreach (var (id, limit) in limits)
            {
                Run(MoveHorizon, id, limit);
                Delete("document_history", OldStates, id, limit);
                Delete("chunk", OldChunks, id, limit);
                Delete("document", OldRemovals, id, limit);
                GoneCount.Add(connection, id, -connection.Changes);
                Delete("catalog", $"kind = 'generation' AND id IN (SELECT id FROM generation WHERE {EmptyGenerations})", id, limit);
                Delete("generation", EmptyGenerations, id, limit);
            }
        }

        if (delete)
        {
            using var old = connection.Statement("DELETE FROM freshness WHERE hour < ?1 OR hour > ?2");
            old.Bind(1, StoreTime.HourOf(history.Before));
            old.Bind(2, StoreTime.HourOf(now));
            old.Step();
        }

        SweepEmbeddings(NeededInputs(limits), delete);
        return new GarbageReport(_documents, _chunks, _embeddings, _bytes, !delete);
    }

    private List<(long Id, long Limit)> ReadLimits()
    {
        var limits = new List<(long, long)>();
        using var name = connection.Statement("SELECT id, name FROM namespace");
        using var limit = connection.Statement(Limit);
        while (name.Step())
        {
            limit.Reset();
            limit.Bind(1, history.Of(name.GetText(1)).ToStored());
            limit.Bind(2, now.ToStored());
            limit.Bind(3, name.GetInt64(0));
            limit.Step();
            limits.Add((name.GetInt64(0), limit.GetInt64(0)));
        }

        return limits;
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

    private void Delete(string table, string condition, long id, long limit) => Run($"DELETE FROM {table} WHERE {condition}", id, limit);

    private void Run(string sql, long id, long limit)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, id);
        statement.Bind(2, limit);
        statement.Step();
    }

    /// <summary>
    /// The first eight bytes of every input that a chunk of the time to come needs. Two inputs that share them would both
    /// be kept: that errs on the safe side and costs eight bytes a chunk instead of forty.
    /// </summary>
    private HashSet<(long Space, long Prefix)> NeededInputs(List<(long Id, long Limit)> limits)
    {
        var needed = Canaries();
        foreach (var (id, limit) in limits)
        {
            using var row = connection.Statement(NeededRows);
            row.Bind(1, id);
            row.Bind(2, limit);
            while (row.Step())
            {
                needed.Add((row.GetInt64(0), EmbeddingTable.PrefixOf(row.GetHash(1))));
            }
        }

        return needed;
    }

    /// <summary>By which a changed model is noticed: one vector in each space, for good.</summary>
    private HashSet<(long Space, long Prefix)> Canaries()
    {
        using var row = connection.Statement("SELECT id FROM space");
        var canaries = new HashSet<(long, long)>();
        while (row.Step())
        {
            canaries.Add((row.GetInt64(0), EmbeddingTable.PrefixOf(CanaryInput.Hash)));
        }

        return canaries;
    }

    private void SweepEmbeddings(HashSet<(long Space, long Prefix)> needed, bool delete)
    {
        using var row = connection.Statement(Embeddings);
        row.Bind(1, embeddingsBefore.ToStored());
        row.Bind(2, now.ToStored());
        var garbage = new List<long>();
        while (row.Step())
        {
            if (!needed.Contains((row.GetInt64(1), row.GetInt64(2))))
            {
                _embeddings++;
                _bytes += row.GetInt64(3);
                garbage.Add(row.GetInt64(0));
            }
        }

        if (delete)
        {
            foreach (var key in garbage)
            {
                using var statement = connection.Statement("DELETE FROM embedding WHERE key = ?1");
                statement.Bind(1, key);
                statement.Step();
            }
        }
    }
}
