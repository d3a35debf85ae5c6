namespace Tidemark.Conformance.Care;

/// <summary>One way to damage a table or a column.</summary>
/// <param name="What">The column, or what was done to the table.</param>
internal sealed record RecordDamaging(string Table, string What, string Sql)
{
    /// <summary>What a column became.</summary>
    public string Value { get; private init; } = "";

    /// <summary>Columns that readers are shown, and that a seal or a hash of a live document covers.</summary>
    private static readonly HashSet<string> Sealed = new(StringComparer.Ordinal)
    {
        "document.id", "document.source", "document.source_id", "document.text_hash", "document.metadata", "document.version",
        "document.modified_at", "document.expires_at", "document.tier", "layout.entries", "layout.chunks", "layout.starts", "layout.lengths",
        "layout.headings", "chunk.text", "source_id.value",
    };

    /// <summary>Whether no reader may be given what it makes.</summary>
    public bool IsUnderSeal => Sealed.Contains($"{Table}.{What}");

    public const string Dropped = "(dropped)", Emptied = "(all rows)", RowLost = "(a row)";

    public static RecordDamaging Drop(string table) => new(table, Dropped, $"drop table {table}");

    /// <param name="one">A condition that one row of it meets.</param>
    public static IEnumerable<RecordDamaging> Of(string table, string one) =>
    [
        Drop(table),
        new(table, Emptied, $"delete from {table}"),
        new(table, RowLost, $"delete from {table} where {one}"),
    ];

    /// <param name="isThorough">Each value in one row and in all, not only the first in one and the last in all.</param>
    public static IEnumerable<RecordDamaging> Of(string table, RecordColumn column, string one, bool isThorough) =>
        from value in column.Values
        from which in new[] { "true", one }
        where isThorough || value == column.Values[which == one ? 0 : ^1]
        select new RecordDamaging(
            table, column.Name, $"update {table} set {column.Name} = {value} where ({which}) and {column.Name} is distinct from {value}")
        {
            Value = value,
        };
}
