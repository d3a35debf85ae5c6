using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// How many documents that are gone a namespace remembers, twice in <c>catalog</c>: nothing else tells of a record that is lost of them,
/// and without it an older version would come in. A store that never had one has no row.
/// </summary>
internal static class GoneCount
{
    /// <summary>Of a namespace ?1: those that are there.</summary>
    private const string Rows = $"(SELECT count(*) FROM document WHERE namespace = ?1 AND {RowStates.NotLive})";

    private const string Change = """
        UPDATE catalog SET first = CAST(CAST(first AS INTEGER) + ?2 AS TEXT), second = CAST(CAST(second AS INTEGER) + ?2 AS TEXT)
        WHERE kind = 'gone' AND id = ?1
        """;

    private const string Make = $"INSERT OR IGNORE INTO catalog SELECT 'gone', ?1, n, n FROM (SELECT CAST({Rows} AS TEXT) AS n)";

    private const string Set = $"UPDATE catalog SET first = CAST({Rows} AS TEXT), second = CAST({Rows} AS TEXT) WHERE kind = 'gone' AND id = ?1";

    // Counting all goes by the index over ids. Where they are too few, live ones may be missing.
    private const string Lost = $"""
        SELECT EXISTS (
          SELECT 1 FROM catalog k JOIN namespace n ON n.id = k.id LEFT JOIN generation g ON g.id = n.generation
          WHERE k.kind = 'gone' AND k.id = ?1 AND k.first = k.second
            AND (SELECT count(*) FROM document d WHERE d.namespace = n.id) < coalesce(g.documents, 0) + CAST(k.first AS INTEGER)
            AND {Rows} < CAST(k.first AS INTEGER))
        """;

    /// <summary>After the rows were written.</summary>
    public static void Add(SqliteConnection connection, long @namespace, long change)
    {
        if (change != 0 && Run(connection, Change, @namespace, change) == 0)
        {
            Run(connection, Make, @namespace);
        }
    }

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: records are lost.</exception>
    public static void Require(SqliteConnection connection, string name, long @namespace)
    {
        if (connection.Scalar(Lost, @namespace) != 0)
        {
            throw GoneRecords.Refusal(name);
        }
    }

    /// <returns>What was counted twice, and what is there; null: nothing was ever counted.</returns>
    public static GoneRecords? Find(SqliteConnection connection, long @namespace)
    {
        using var row = connection.Statement($"SELECT CAST(first AS INTEGER), CAST(second AS INTEGER), {Rows} FROM catalog WHERE kind = 'gone' AND id = ?1");
        row.Bind(1, @namespace);
        return row.Step() ? new GoneRecords(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    /// <summary>To what is there.</summary>
    public static void Settle(SqliteConnection connection, long @namespace)
    {
        if (Run(connection, Set, @namespace) == 0 && connection.Scalar($"SELECT {Rows}", @namespace) > 0)
        {
            Run(connection, Make, @namespace);
        }
    }

    private static long Run(SqliteConnection connection, string sql, long @namespace, long? change = null)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, @namespace);
        if (change is { } known)
        {
            statement.Bind(2, known);
        }

        statement.Step();
        return connection.Changes;
    }
}
