using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Rows of <c>golden_run</c>.</summary>
internal static class GoldenRunTable
{
    private const string Insert = """
        INSERT INTO golden_run (namespace, generation, at, metric, queries, labelled, missed, score, results)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private const string LetGo = """
        UPDATE golden_run SET results = NULL WHERE namespace = ?1 AND results IS NOT NULL
          AND id NOT IN (SELECT id FROM golden_run WHERE namespace = ?1 ORDER BY id DESC LIMIT ?2)
        """;

    private const string Newest = """
        SELECT id, generation, at, metric, queries, labelled, missed, score, results FROM golden_run
        WHERE namespace = ?1 ORDER BY id DESC LIMIT ?2
        """;

    public static GoldenRun Add(SqliteConnection connection, long @namespace, GoldenRun run)
    {
        using (var row = connection.Statement(Insert))
        {
            row.Bind(1, @namespace);
            row.Bind(2, run.Generation);
            row.Bind(3, run.At.ToStored());
            row.BindText(4, run.Metric);
            row.Bind(5, run.Queries);
            row.Bind(6, run.Labelled);
            row.Bind(7, run.Missed);
            row.Bind(8, GoldenText.OfScore(run.Score));
            row.BindText(9, GoldenText.OfResults(run.Results));
            row.Run();
        }

        var kept = run with { Id = connection.LastInsertRowId };
        using var old = connection.Statement(LetGo);
        old.Bind(1, @namespace);
        old.Bind(2, GoldenRun.KeptResults);
        old.Run();
        return kept;
    }

    public static List<GoldenRun> List(SqliteConnection connection, long @namespace, int limit)
    {
        using var row = connection.Statement(Newest);
        row.Bind(1, @namespace);
        row.Bind(2, limit);
        var runs = new List<GoldenRun>();
        while (row.Step())
        {
            runs.Add(new GoldenRun
            {
                Id = row.GetInt64(0),
                Generation = row.GetInt64(1),
                At = StoreTime.FromStored(row.GetInt64(2), "table golden_run", "at"),
                Metric = row.GetText(3),
                Queries = row.GetInt32(4),
                Labelled = row.GetInt32(5),
                Missed = row.GetInt32(6),
                Score = GoldenText.ReadScore(row.GetNullableInt64(7)),
                Results = GoldenText.ReadResults(row.GetNullableText(8)),
            });
        }

        return runs;
    }

    public static void Replace(SqliteConnection connection, long run, IReadOnlyList<GoldenResult> results)
    {
        using var row = connection.Statement("UPDATE golden_run SET results = ?2 WHERE id = ?1");
        row.Bind(1, run);
        row.BindText(2, GoldenText.OfResults(results));
        row.Run();
    }
}
