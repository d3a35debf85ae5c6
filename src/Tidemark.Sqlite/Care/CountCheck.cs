using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Compares the counts that are kept with the rows that they count, and sets them.</summary>
internal sealed class CountCheck(SqliteConnection connection, long @namespace)
{
    private const string LiveRows = $"""
        FROM document d JOIN namespace n ON n.id = d.namespace
        JOIN layout l ON l.generation = n.generation AND l.document = d.key
        WHERE d.namespace = ?1 AND d.{RowStates.Live}
        """;

    private const string Staged = "(SELECT count(*), coalesce(sum(l.chunks), 0) FROM layout l WHERE l.generation = g.id)";

    private const string OfNoOther = "generation NOT IN (SELECT id FROM generation WHERE namespace <> ?1)";

    private const string KeptBeside =
        $"SELECT generation, source, chunks, tokens FROM source_count WHERE {OfNoOther} AND NOT (chunks IS 0 AND tokens IS 0)";

    private const string CountedBeside = $"""
        SELECT l.generation, d.source, sum(l.chunks), sum(min(l.tokens, 1 << 53))
        FROM generation g JOIN layout l ON l.generation = g.id JOIN document d ON d.key = l.document
        WHERE g.namespace = ?1 AND g.{RowStates.Beside} GROUP BY l.generation, d.source HAVING sum(l.chunks) <> 0 OR sum(min(l.tokens, 1 << 53)) <> 0
        """;

    private const string Newest = """
        max((SELECT coalesce(max(sequence), 0) FROM document WHERE namespace = ?1),
            (SELECT coalesce(max(sequence), 0) FROM commit_log WHERE namespace = ?1))
        """;

    // As TokenEstimate has it. Open chunks are those that the list names, unless there are fewer or more, which is another damage.
    private const string TokenRows = """
        FROM layout AS l JOIN namespace n ON n.generation = l.generation
        WHERE n.id = ?1 AND (
          SELECT count(*) = l.chunks AND coalesce(sum((length(CAST(c.text AS BLOB)) + 3) / 4), 0) <> l.tokens FROM chunk c
          WHERE c.generation = l.generation AND c.document = l.document AND c.to_sequence IS NULL)
        """;

    /// <summary>Whether a document of the index lacks its list of chunks, or a list its document: then the counts know what the rows do not.</summary>
    private const string Torn = $"""
        SELECT EXISTS (
          SELECT 1 FROM document d JOIN namespace n ON n.id = d.namespace
          WHERE d.namespace = ?1 AND d.{RowStates.Live}
            AND NOT EXISTS (SELECT 1 FROM layout l WHERE l.generation = n.generation AND l.document = d.key))
        OR EXISTS (
          SELECT 1 FROM namespace n JOIN layout l ON l.generation = n.generation
          WHERE n.id = ?1 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.key = l.document AND d.{RowStates.Live}))
        """;

    private static readonly (string What, bool OfDocuments, string Differing, string[] Settings)[] Counts =
    [
        ("chunks of documents", false,
         $"SELECT count(*) {LiveRows} AND d.chunks <> l.chunks AND NOT EXISTS (SELECT 1 FROM recount WHERE namespace = ?1)",
         [$"UPDATE document SET chunks = (SELECT l.chunks {LiveRows} AND d.key = document.key) WHERE key IN (SELECT d.key {LiveRows} AND d.chunks <> l.chunks)"]),
        ("tokens of documents", false,
         $"SELECT count(*) {TokenRows}",
         [
             $"""
             UPDATE layout SET tokens = (
               SELECT coalesce(sum((length(CAST(c.text AS BLOB)) + 3) / 4), 0) FROM chunk c
               WHERE c.generation = layout.generation AND c.document = layout.document AND c.to_sequence IS NULL)
             WHERE (generation, document) IN (SELECT l.generation, l.document {TokenRows})
             """,
         ]),
        ("its generation", true,
         $"SELECT count(*) FROM generation g JOIN namespace n ON n.generation = g.id WHERE n.id = ?1 AND (g.documents <> (SELECT count(*) {LiveRows}) OR g.chunks <> (SELECT coalesce(sum(l.chunks), 0) {LiveRows}))",
         [$"UPDATE generation SET documents = (SELECT count(*) {LiveRows}), chunks = (SELECT coalesce(sum(l.chunks), 0) {LiveRows}) WHERE id = (SELECT generation FROM namespace WHERE id = ?1)"]),
        ("the generation beside it", false,
         $"SELECT count(*) FROM generation g WHERE g.namespace = ?1 AND g.{RowStates.Beside} AND (g.documents, g.chunks) <> {Staged}",
         [$"UPDATE generation AS g SET (documents, chunks) = {Staged} WHERE g.namespace = ?1 AND g.{RowStates.Beside}"]),
        ("its sources", true,
         $"SELECT count(*) FROM source s WHERE s.namespace = ?1 AND (s.documents, s.chunks, s.tokens) <> (SELECT count(*), coalesce(sum(l.chunks), 0), coalesce(sum(min(l.tokens, 1 << 53)), 0) {LiveRows} AND d.source = s.id)",
         [$"UPDATE source SET (documents, chunks, tokens) = (SELECT count(*), coalesce(sum(l.chunks), 0), coalesce(sum(min(l.tokens, 1 << 53)), 0) {LiveRows} AND d.source = source.id) WHERE namespace = ?1"]),
        ("its sources in the generation beside it", false,
         $"SELECT (SELECT count(*) FROM ({KeptBeside} EXCEPT {CountedBeside})) + (SELECT count(*) FROM ({CountedBeside} EXCEPT {KeptBeside}))",
         [
             $"DELETE FROM source_count WHERE {OfNoOther}",
             $"INSERT INTO source_count (generation, source, chunks, tokens) {CountedBeside}",
         ]),
        ("its last commit", false,
         $"SELECT count(*) FROM namespace WHERE id = ?1 AND sequence < {Newest}",
         [$"UPDATE namespace SET sequence = {Newest} WHERE id = ?1 AND sequence < {Newest}"]),
    ];

    public void Find(DamageList damages)
    {
        var isTorn = connection.Scalar(Torn, @namespace) != 0;
        foreach (var (what, ofDocuments, differing, _) in Counts)
        {
            if (connection.Scalar(differing, @namespace) > 0)
            {
                damages.AddWrongCount(what, isTorn && ofDocuments);
            }
        }

        if (GoneCount.Find(connection, @namespace)?.Damage is { } gone)
        {
            damages.Add("the namespace", gone.What, gone.Kind);
        }
    }

    /// <summary>What is missing is told by the counts of documents as long as it is, so those are not set to what is left.</summary>
    /// <param name="lost">Takes what nothing brings back.</param>
    /// <returns>How many counts were set.</returns>
    public long Mend(DamageList lost)
    {
        var mended = MendGone(lost) + MendLists();
        var isTorn = connection.Scalar(Torn, @namespace) != 0;
        foreach (var (_, ofDocuments, differing, settings) in Counts)
        {
            if ((isTorn && ofDocuments) || connection.Scalar(differing, @namespace) == 0)
            {
                continue;
            }

            foreach (var setting in settings)
            {
                using var set = connection.Statement(setting);
                set.Bind(1, @namespace);
                set.Run();
            }

            mended++;
        }

        return mended;
    }

    /// <summary>A list whose number is not that of its entries, where the document's own count is: it is the list's number that is wrong.</summary>
    private long MendLists()
    {
        var wrong = new List<(long Generation, long Document, int Chunks)>();
        using (var rows = connection.Statement($"SELECT l.generation, l.document, d.chunks, l.entries {LiveRows} AND d.chunks <> l.chunks"))
        {
            rows.Bind(1, @namespace);
            while (rows.Step())
            {
                if (rows.FindLayout(3) is { } entries && entries.Length == rows.GetInt64(2))
                {
                    wrong.Add((rows.GetInt64(0), rows.GetInt64(1), entries.Length));
                }
            }
        }

        foreach (var (generation, document, chunks) in wrong)
        {
            using var update = connection.Statement("UPDATE layout SET chunks = ?3 WHERE generation = ?1 AND document = ?2");
            update.Bind(1, generation);
            update.Bind(2, document);
            update.Bind(3, chunks);
            update.Run();
        }

        return wrong.Count;
    }

    private long MendGone(DamageList lost)
    {
        var damage = GoneCount.Find(connection, @namespace)?.Damage;
        if (damage is { Kind: DamageKind.Memory } gone)
        {
            lost.Add("the namespace", gone.What, gone.Kind);
        }

        GoneCount.Settle(connection, @namespace);
        return damage is null ? 0 : 1;
    }
}
