using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Rows of <c>golden_query</c>. One that changes is a new one, since copies are made of new rows.</summary>
internal static class GoldenQueryTable
{
    private const string Rows = "SELECT query, filter, expected, must, since FROM golden_query WHERE namespace = ?1 ORDER BY id";

    private const string Same = "namespace = ?1 AND query = ?2 AND filter = ?3";

    private const string Insert = "INSERT INTO golden_query (namespace, query, filter, expected, must, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private static readonly string[] Deletions =
    [
        $"DELETE FROM catalog WHERE kind = 'golden_query' AND id IN (SELECT id FROM golden_query WHERE {Same})",
        $"DELETE FROM golden_query WHERE {Same}",
    ];

    public static List<GoldenQuery> List(SqliteConnection connection, long @namespace)
    {
        using var row = connection.Statement(Rows);
        row.Bind(1, @namespace);
        var queries = new List<GoldenQuery>();
        while (row.Step())
        {
            queries.Add(Read(row));
        }

        return queries;
    }

    public static GoldenQuery? Find(SqliteConnection connection, long @namespace, GoldenQuery query)
    {
        using var row = connection.Statement($"SELECT query, filter, expected, must, since FROM golden_query WHERE {Same}");
        BindSame(row, @namespace, query.Query, query.Filter);
        return row.Step() ? Read(row) : null;
    }

    public static void Add(SqliteConnection connection, long @namespace, GoldenQuery query)
    {
        using var row = connection.Statement(Insert);
        BindSame(row, @namespace, query.Query, query.Filter);
        row.BindText(4, GoldenText.OfExpected(query.Expected));
        row.Bind(5, query.Must ? 1 : 0);
        row.Bind(6, query.Since.ToStored());
        row.Run();
    }

    /// <returns>False: there is none that asks this.</returns>
    public static bool Remove(SqliteConnection connection, long @namespace, string query, IReadOnlyList<string> filter)
    {
        foreach (var deletion in Deletions)
        {
            using var row = connection.Statement(deletion);
            BindSame(row, @namespace, query, filter);
            row.Run();
        }

        return connection.Changes > 0;
    }

    private static GoldenQuery Read(SqliteStatement row) =>
        GoldenText.ReadQuery(row.GetText(0), row.GetText(1), row.GetText(2), row.GetInt64(3) != 0, row.GetInt64(4));

    private static void BindSame(SqliteStatement row, long @namespace, string query, IReadOnlyList<string> filter)
    {
        row.Bind(1, @namespace);
        row.BindText(2, query);
        row.BindText(3, GoldenText.OfFilter(filter));
    }
}
