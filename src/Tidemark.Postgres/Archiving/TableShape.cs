using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Archiving;

/// <summary>How an archived table looks here: the types of its columns, and those that have a column or more beside them.</summary>
internal sealed class TableShape
{
    /// <summary>What a layout is spread over.</summary>
    private const string LayoutColumns = "chunks, starts, lengths, headings";

    private readonly Dictionary<string, ColumnType> _types;

    private TableShape(ArchiveTable table, Dictionary<string, ColumnType> types) => (Table, _types) = (table, types);

    public ArchiveTable Table { get; }

    /// <summary>The table and all columns that are written, in their order.</summary>
    public string Target => $"{Table.Name} ({string.Join(", ", Table.Columns.Select(TargetOf).Concat(Derived))})";

    /// <summary>Columns whose values follow from the others, written behind those.</summary>
    public IReadOnlyList<string> Derived =>
        Table == ArchiveTables.Documents ? ["facets"]
        : Table == ArchiveTables.Chunks ? ["tokens"]
        : Table == ArchiveTables.Layouts ? ["seal"]
        : [];

    public static async Task<TableShape> ReadAsync(
        NpgsqlConnection connection, ArchiveTable table, CancellationToken cancellationToken)
    {
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        await connection.ListAsync(
            """
            select a.attname::text, t.typname::text from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
            """,
            row => types[row.GetString(0)] = TypeOf(row.GetString(1)),
            cancellationToken,
            Sql.Of(table.Name)).ConfigureAwait(false);
        return new TableShape(table, types);
    }

    public ColumnType TypeOf(ArchiveColumn column) => _types[column.Name];

    /// <summary>Where a text is the key of an index, very long ones stand in a column of their own.</summary>
    public string? WholeOf(ArchiveColumn column) =>
        Table == ArchiveTables.Documents && column.Name == "id" ? "long_id"
        : Table == ArchiveTables.SourceIds && column.Name == "value" ? "long_value"
        : null;

    /// <summary>A column as it is read; a layout is four.</summary>
    public string Selection(ArchiveColumn column) => column.Kind switch
    {
        ArchiveKind.Number when TypeOf(column) == ColumnType.Boolean => $"{column.Name}::int::bigint",
        ArchiveKind.Number => $"{column.Name}::bigint",
        ArchiveKind.Text when WholeOf(column) is { } whole => $"coalesce({whole}, {column.Name})",
        ArchiveKind.Vector => $"vector_send({column.Name})",
        ArchiveKind.Layout => LayoutColumns,
        _ => column.Name,
    };

    private string TargetOf(ArchiveColumn column) =>
        column.Kind == ArchiveKind.Layout ? LayoutColumns
        : WholeOf(column) is { } whole ? $"{column.Name}, {whole}"
        : column.Name;

    private static ColumnType TypeOf(string name) => name switch
    {
        "bool" => ColumnType.Boolean,
        "int2" => ColumnType.Int16,
        "int4" => ColumnType.Int32,
        _ => ColumnType.Other,
    };
}
