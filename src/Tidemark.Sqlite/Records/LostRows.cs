using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Records;

/// <summary>Keeps a row that was lost from being made a second time, under another number.</summary>
internal static class LostRows
{
    /// <param name="kind">The table.</param>
    /// <param name="condition">On <c>first</c>, the copy's JSON.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static void Refuse(SqliteConnection connection, string kind, string name, string condition, long number = 0)
    {
        using var row = connection.Statement(
            $"""
            SELECT 1 FROM catalog k WHERE k.kind = '{kind}' AND {condition} AND NOT EXISTS (SELECT 1 FROM {kind} t WHERE t.id = k.id)
            """);
        row.BindText(1, name);
        if (row.Parameters > 1)
        {
            row.Bind(2, number);
        }

        if (row.Step())
        {
            throw SqliteErrors.Damaged(connection.Path, $"the row of the {kind} '{name}' is gone");
        }
    }
}
