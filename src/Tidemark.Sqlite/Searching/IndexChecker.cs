using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Searching;

/// <summary>Compares layouts, open chunks, embeddings, packs and keywords of one generation, both ways.</summary>
internal static class IndexChecker
{
    // Of what was cut for the same model from the same inputs: that one can make them again.
    private const string ClosedRows = """
        SELECT c.input, c.text, c.seal FROM chunk c
        JOIN generation g ON g.id = c.generation JOIN generation a ON a.id = ?1 AND a.namespace = g.namespace AND a.space = g.space AND a.input = g.input
        WHERE c.to_sequence IS NOT NULL
        """;

    /// <param name="connection">In a read transaction.</param>
    /// <param name="readKeywords">
    /// Compares the words of the keyword index with the texts; false: they differ.
    /// </param>
    public static IndexCheck Check(
        SqliteConnection connection,
        IndexGeneration generation,
        Func<bool> readKeywords,
        CancellationToken cancellationToken)
    {
        var (documents, named) = ReadLayouts(connection, generation, out var misnamed);
        var open = OpenChunks(connection, generation);
        var vectors = new VectorCheck(connection, generation).Run(open, cancellationToken);
        var keywords = KeywordCheck.Run(connection, generation, Found(connection, generation, open), readKeywords);
        return new IndexCheck
        {
            Documents = documents,
            Chunks = named.Count,
            Records = open.Count,
            Vectors = vectors.Entries,
            Keywords = keywords.Entries,
            Missing = vectors.Missing + keywords.Missing + CountAbsent(named, open) + misnamed,
            Orphaned = vectors.Orphaned + keywords.Orphaned + CountAbsent(open, named),
            Stale = vectors.Stale + keywords.Stale,
            MissingEmbeddings = [.. vectors.MissingEmbeddings, .. MissingOfPast(connection, generation, vectors.MissingEmbeddings)],
        };
    }

    /// <summary>Vectors that only former states need. Those that are there and damaged are told where records are checked.</summary>
    private static IEnumerable<MissingEmbedding> MissingOfPast(
        SqliteConnection connection, IndexGeneration generation, IReadOnlyList<MissingEmbedding> live)
    {
        var seen = live.Select(missing => missing.Input).ToHashSet();
        var vectors = new StoredVectors(connection, generation.Space, generation.Dimensions);
        using var rows = connection.Statement(ClosedRows);
        rows.Bind(1, generation.Tables.Generation);
        while (rows.Step())
        {
            var input = rows.GetHash(0);
            if (seen.Add(input) && !vectors.TryReadInput(input, out _) && !vectors.IsDamaged
                && Seal.Holds(input, rows.GetUtf8(1), rows.GetNullableInt64(2)))
            {
                yield return new MissingEmbedding(input, rows.GetText(1)) { IsPast = true };
            }
        }
    }

    /// <summary>The keys of a generation's open chunks.</summary>
    public static KeySet OpenChunks(SqliteConnection connection, IndexGeneration generation)
    {
        using var rows = connection.Statement("SELECT key FROM chunk WHERE generation = ?1 AND to_sequence IS NULL");
        rows.Bind(1, generation.Tables.Generation);
        return Keys(rows);
    }

    /// <summary>What the keyword index should hold: where an external index is behind, not the open chunks.</summary>
    public static KeySet Found(SqliteConnection connection, IndexGeneration generation, KeySet open)
    {
        if (generation.Location is null || !generation.Tables.HasKeywords(connection))
        {
            return open;
        }

        using var rows = connection.Statement($"SELECT key FROM {generation.Tables.KeywordContent}");
        return Keys(rows);
    }

    private static KeySet Keys(SqliteStatement rows)
    {
        var keys = new KeySet();
        while (rows.Step())
        {
            // One with a number that was never given is said where records are checked; no list and no index can name it.
            if (StoredValue.IsKey(rows.GetInt64(0)))
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        return keys;
    }

    /// <param name="misnamed">Entries that no chunk can answer: named twice, or with a key that there never was.</param>
    private static (long Documents, KeySet Named) ReadLayouts(
        SqliteConnection connection, IndexGeneration generation, out long misnamed)
    {
        var documents = 0L;
        var named = new KeySet();
        misnamed = 0;
        var last = Math.Min(StoredValue.MostKey, connection.Scalar("SELECT max(key) FROM chunk"));
        using var rows = connection.Statement("SELECT entries FROM layout WHERE generation = ?1");
        rows.Bind(1, generation.Tables.Generation);
        while (rows.Step())
        {
            documents++;

            // A list that cannot be read names nothing; that it is damaged is said where records are checked.
            foreach (var entry in rows.FindLayout(0) ?? [])
            {
                var isNew = entry.Chunk > 0 && entry.Chunk <= last && named.Add(entry.Chunk);
                misnamed += isNew ? 0 : 1;
            }
        }

        return (documents, named);
    }

    private static long CountAbsent(KeySet keys, KeySet from) => keys.Keys().LongCount(key => !from.Contains(key));
}
