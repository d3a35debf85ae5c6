using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Whoever looks for a moment asks whether the commits that bound it are what was logged: by a wrong one he would see another state.</summary>
internal static class CommitTotals
{
    /// <summary>Of a row of <c>commit_log</c>: one of its numbers is not what was written.</summary>
    public const string IsAltered = "total <> sequence + run + at";

    private const string Bounds = $"""
        SELECT EXISTS (
          SELECT 1 FROM commit_log WHERE namespace = (SELECT id FROM namespace WHERE name = ?1)
            AND sequence BETWEEN ?2 AND ?2 + 1 AND {IsAltered})
        """;

    /// <returns>The sequence.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static long Require(SqliteConnection connection, string @namespace, long sequence)
    {
        using var row = connection.Statement(Bounds);
        row.BindText(1, @namespace);
        row.Bind(2, sequence);
        row.Step();
        return row.GetInt64(0) == 0 ? sequence : throw NamespaceSummary.Damaged(@namespace, NamespaceSummary.Misdated);
    }
}
