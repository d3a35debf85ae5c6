namespace Tidemark.Sqlite.Tests.Care;

/// <summary>One way to damage a table or a column.</summary>
/// <param name="What">The column, or what was done to the table.</param>
internal sealed record RecordDamaging(string Table, string What, string Sql)
{
    /// <summary>What a column became.</summary>
    public string Value { get; private init; } = "";

    public const string Dropped = "(dropped)", Emptied = "(all rows)", RowLost = "(a row)";

    /// <summary>Tables without a rowid are reached by their keys.</summary>
    private static string OneOf(string table) => table switch
    {
        "commit_log" => "sequence = (SELECT min(sequence) FROM commit_log)",
        "layout" => "document = (SELECT min(document) FROM layout)",
        "catalog" => "(kind, id) = (SELECT kind, id FROM catalog ORDER BY kind DESC, id LIMIT 1)",
        "ledger" => "run = (SELECT min(run) FROM ledger)",
        "freshness" => "lag = (SELECT min(lag) FROM freshness)",
        "quarantine" or "unpublished" => "true",
        "document" => "id = 'd1'",
        "embedding" => "key = (SELECT max(key) FROM embedding)",
        "chunk" => "key = (SELECT max(key) FROM chunk WHERE to_sequence IS NULL)",
        _ => $"rowid = (SELECT min(rowid) FROM {table})",
    };

    public static IEnumerable<RecordDamaging> Of(string table) =>
    [
        new(table, Dropped, $"DROP TABLE {table}"),
        new(table, Emptied, $"DELETE FROM {table}"),
        new(table, RowLost, $"DELETE FROM {table} WHERE {OneOf(table)}"),
    ];

    public static IEnumerable<RecordDamaging> Of(string table, string column, string type, bool isNullable)
    {
        string[] values = type switch
        {
            "BLOB" => [$"substr({column}, 2)", "zeroblob(32)", "x''"],
            "TEXT" => [$"'x' || {column}", "''"],
            _ => ["0", $"{column} + 1000", "-1"],
        };
        return from value in isNullable ? [.. values, "NULL"] : values
               from which in new[] { "true", OneOf(table) }
               select new RecordDamaging(table, column, $"UPDATE {table} SET {column} = {value} WHERE ({which}) AND {column} IS NOT {value}")
               {
                   Value = value,
               };
    }
}
