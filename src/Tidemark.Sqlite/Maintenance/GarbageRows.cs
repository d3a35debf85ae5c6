using Tidemark.Embedding;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>What may go: of namespace ?1 what ended no later than with commit ?2, and embeddings by their time.</summary>
internal static class GarbageRows
{
    // What searches still find, because an external index has not got what came after it, stays.
    public const string OldStates = $"""
        to_sequence <= ?2 AND document IN (SELECT key FROM document WHERE namespace = ?1)
        AND document NOT IN (SELECT document FROM unpublished) AND document NOT IN ({SafeguardTable.HeldDocuments})
        """;

    public const string OldChunks = $"""
        to_sequence <= ?2 AND generation IN (SELECT id FROM generation WHERE namespace = ?1)
        AND document NOT IN (SELECT document FROM unpublished) AND document NOT IN ({SafeguardTable.HeldDocuments})
        """;

    // An id with a version is remembered for good, so that a late older upsert cannot bring it back.
    public const string OldRemovals = $"""
        namespace = ?1 AND {RowStates.Removed} AND sequence <= ?2 AND version IS NULL AND modified_at IS NULL
        AND key NOT IN (SELECT document FROM unpublished) AND key NOT IN ({SafeguardTable.HeldDocuments})
        """;

    /// <summary>Of an embedding e: stored before ?1, be it by a clock that was ahead; ?2 is the time now.</summary>
    public const string OldEmbeddings = $"(e.stored_at < ?1 OR (e.stored_at > ?2 AND ({TimesAhead.OfEmbedding}) < ?1))";

    public const string StateSize =
        "length(entries) + coalesce(length(CAST(text AS BLOB)), 0) + coalesce(length(CAST(metadata AS BLOB)), 0)";

    public const string ChunkSize = "length(CAST(text AS BLOB))";

    /// <summary>By which a changed model is noticed: one vector in each space, for good.</summary>
    public static HashSet<(long Space, long Prefix)> Canaries(SqliteConnection connection)
    {
        using var row = connection.Statement("SELECT id FROM space");
        var canaries = new HashSet<(long, long)>();
        while (row.Step())
        {
            canaries.Add((row.GetInt64(0), EmbeddingTable.PrefixOf(CanaryInput.Hash)));
        }

        return canaries;
    }
}
