using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Compares commits, runs and former states with what names them. What is lost of them cannot come back: a repair notes the gap, so
/// that it is said once, and what was left of a lost state goes.
/// </summary>
internal sealed class PastCheck(SqliteConnection connection, long @namespace)
{
    private const string LiveRows = $"""
        FROM document d JOIN namespace n ON n.id = d.namespace
        JOIN layout l ON l.generation = n.generation AND l.document = d.key
        WHERE d.namespace = ?1 AND d.{RowStates.Live} AND l.sequence <> d.sequence
        """;

    private const string Logged = "(SELECT c.sequence FROM commit_log c WHERE c.namespace = ?1)";

    // Each with the run that made it, as far as that is known.
    private const string LostCommits = $"""
        FROM (
          SELECT d.sequence AS sequence, d.run AS run FROM document d WHERE d.namespace = ?1 AND d.{RowStates.Live}
          UNION ALL SELECT h.from_sequence, h.run FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1
          UNION ALL SELECT h.to_sequence, 0 FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1)
        WHERE sequence BETWEEN 1 AND (SELECT sequence FROM namespace WHERE id = ?1) AND sequence NOT IN {Logged}
        """;

    private const string LostRuns = """
        FROM commit_log c WHERE c.namespace = ?1 AND c.run > 0 AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = c.run)
        """;

    private const string StatelessChunks = """
        FROM chunk WHERE to_sequence IS NOT NULL AND generation = (SELECT generation FROM namespace WHERE id = ?1)
          AND NOT EXISTS (SELECT 1 FROM document_history h WHERE h.document = chunk.document AND h.to_sequence = chunk.to_sequence)
        """;

    // As of a commit at which they were valid, something is missing now.
    private const string MoveHorizon = $"""
        UPDATE namespace SET horizon = min(sequence, (SELECT max(to_sequence) {StatelessChunks}))
        WHERE id = ?1 AND horizon < min(sequence, (SELECT max(to_sequence) {StatelessChunks}))
        """;

    private const string LostCommit = $"""
        INSERT OR IGNORE INTO commit_log (namespace, sequence, run, at, total)
        SELECT ?1, sequence, run, at, sequence + run + at FROM (
          SELECT sequence, run, coalesce(
            (SELECT r.started_at FROM run r WHERE r.id = lost.run), (SELECT max(c.at) FROM commit_log c WHERE c.namespace = ?1), 0) AS at
          FROM (SELECT sequence, max(run) AS run {LostCommits} GROUP BY sequence) lost)
        """;

    private const string LostRun = $"""
        INSERT OR IGNORE INTO run (id, namespace, command, sources, started_at, finished_at, outcome)
        SELECT c.run, ?1, 'lost', '[]', min(c.at), max(c.at), 5 {LostRuns} GROUP BY c.run
        """;

    private static readonly (string What, string Counting, string[] Mending)[] Checks =
    [
        // One number is altered: the sum tells which one could be, and what it was.
        ("commits that are not as they were logged (what their sums still tell is put right)", $"SELECT count(*) FROM commit_log WHERE namespace = ?1 AND {CommitTotals.IsAltered}",
        [
            $"UPDATE commit_log SET sequence = total - run - at WHERE namespace = ?1 AND {CommitTotals.IsAltered} AND total - run - at BETWEEN 1 AND (SELECT n.sequence FROM namespace n WHERE n.id = ?1) AND total - run - at NOT IN {Logged}",
            $"UPDATE commit_log SET at = total - run - sequence WHERE namespace = ?1 AND {CommitTotals.IsAltered} AND EXISTS (SELECT 1 FROM run r WHERE r.id = commit_log.run AND r.namespace = ?1 AND total - run - sequence BETWEEN r.started_at AND coalesce(r.finished_at, total - run - sequence))",
            $"UPDATE commit_log SET run = total - at - sequence WHERE namespace = ?1 AND {CommitTotals.IsAltered} AND EXISTS (SELECT 1 FROM run r WHERE r.id = total - at - sequence AND r.namespace = ?1)",
            $"UPDATE commit_log SET run = 0 WHERE namespace = ?1 AND {CommitTotals.IsAltered} AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = commit_log.run)",
            $"UPDATE commit_log SET total = sequence + run + at WHERE namespace = ?1 AND {CommitTotals.IsAltered}",
        ]),
        ("documents with another sequence than their lists of chunks", $"SELECT count(*) {LiveRows}",
        [
            $"UPDATE document SET sequence = l.sequence FROM layout l, namespace n WHERE n.id = ?1 AND l.generation = n.generation AND l.document = document.key AND document.{RowStates.Live} AND document.namespace = ?1 AND document.sequence <> l.sequence AND document.sequence NOT IN {Logged}",
            $"UPDATE layout SET sequence = d.sequence FROM document d, namespace n WHERE n.id = ?1 AND layout.generation = n.generation AND layout.document = d.key AND d.{RowStates.Live} AND d.namespace = ?1 AND d.sequence <> layout.sequence",
        ]),
        ("commits that are not in the log (what is known of their time is put there)", $"SELECT count(DISTINCT sequence) {LostCommits}", [LostCommit]),
        ("runs that are gone (a repair notes that they were)", $"SELECT count(DISTINCT c.run) {LostRuns}", [LostRun]),
        ("chunks that are left of former states that are gone (a repair removes them)", $"SELECT count(*) {StatelessChunks}", [$"DELETE {StatelessChunks}"]),
    ];

    public void Find(DamageList damages)
    {
        foreach (var (what, counting, _) in Checks)
        {
            if (connection.Scalar(counting, @namespace) is > 0 and var found)
            {
                damages.Add("the namespace", $"{what}: {found}", DamageKind.Derivable);
            }
        }
    }

    /// <param name="lost">Takes what is gone for good.</param>
    public long Mend(DamageList lost)
    {
        var mended = CloseAgain() + Shorten();
        using (var horizon = connection.Statement(MoveHorizon))
        {
            horizon.Bind(1, @namespace);
            horizon.Run();
            if (connection.Changes > 0)
            {
                lost.Add("the namespace", StoredDocument.LostStates, DamageKind.Past);
            }
        }

        foreach (var (_, counting, mending) in Checks)
        {
            if (connection.Scalar(counting, @namespace) == 0)
            {
                continue;
            }

            foreach (var sql in mending)
            {
                using var statement = connection.Statement(sql);
                statement.Bind(1, @namespace);
                statement.Run();
                mended += connection.Changes;
            }
        }

        return mended;
    }

    /// <summary>Chunks that outlive the last state that names them: of the states behind that one nothing is left.</summary>
    private long Shorten()
    {
        var stateless = new List<(long Key, long Document)>();
        using (var rows = connection.Statement($"SELECT key, document {StatelessChunks}"))
        {
            rows.Bind(1, @namespace);
            while (rows.Step())
            {
                stateless.Add((rows.GetInt64(0), rows.GetInt64(1)));
            }
        }

        var shortened = 0L;
        foreach (var (key, document) in stateless)
        {
            if (LastStateOf(key, document) is { } last)
            {
                using var close = connection.Statement("UPDATE chunk SET to_sequence = ?2 WHERE key = ?1");
                close.Bind(1, key);
                close.Bind(2, last);
                close.Run();
                shortened++;
            }
        }

        return shortened;
    }

    /// <returns>The end of the last state that names the chunk; null: none does.</returns>
    private long? LastStateOf(long chunk, long document)
    {
        long? last = null;
        using var states = connection.Statement("SELECT to_sequence, entries FROM document_history WHERE document = ?1 ORDER BY to_sequence");
        states.Bind(1, document);
        while (states.Step())
        {
            last = Array.Exists(states.FindLayout(1) ?? [], entry => entry.Chunk == chunk) ? states.GetInt64(0) : last;
        }

        return last;
    }

    /// <summary>Open chunks that no list names and a former state does: that tells when they were closed.</summary>
    private long CloseAgain()
    {
        var open = UnnamedChunks.Of(connection, @namespace).ToHashSet();
        if (open.Count == 0)
        {
            return 0;
        }

        var closed = new Dictionary<long, long>();
        using (var rows = connection.Statement(
            "SELECT h.to_sequence, h.entries FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1"))
        {
            rows.Bind(1, @namespace);
            while (rows.Step())
            {
                foreach (var entry in (rows.FindLayout(1) ?? []).Where(entry => open.Contains(entry.Chunk)))
                {
                    closed[entry.Chunk] = Math.Max(closed.GetValueOrDefault(entry.Chunk), rows.GetInt64(0));
                }
            }
        }

        foreach (var (chunk, sequence) in closed)
        {
            using var close = connection.Statement("UPDATE chunk SET to_sequence = ?2 WHERE key = ?1");
            close.Bind(1, chunk);
            close.Bind(2, sequence);
            close.Run();
        }

        return closed.Count;
    }
}
