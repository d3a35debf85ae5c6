using System.Security.Cryptography;
using System.Text;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Feeding;

/// <summary>A table as the database has it, checked against what is made of it.</summary>
/// <param name="Mapper">What is made of its rows.</param>
/// <param name="Oid">By which the log names it.</param>
/// <param name="Quoted">As SQL takes it.</param>
/// <param name="Columns">All columns: name, type's oid, type's name.</param>
internal sealed record SourceTable(RowMapper Mapper, long Oid, string Quoted, IReadOnlyList<(string Name, uint Type, string TypeName)> Columns)
{
    /// <summary>The table itself, or its partitions: oid, name, file, blocks; by oid.</summary>
    public required IReadOnlyList<TableFile> Files { get; init; }

    public string Name => Mapper.Table;

    /// <summary>The columns that matter, as a list for SQL.</summary>
    public string Selected => string.Join(", ", Mapper.Columns.Select(column => "x." + StoreAddress.Quote(column)));

    /// <summary>What all columns that matter are, and what becomes of them.</summary>
    public required string Shape { get; init; }

    public string TypeNameOf(string column) => Columns.First(one => one.Name == column).TypeName;

    public FeedRow RowOf(ReadOnlySpan<string?> values)
    {
        var row = new FeedRow();
        for (var i = 0; i < Mapper.Columns.Count; i++)
        {
            row.Set(Mapper.Columns[i], values[i]);
        }

        return row;
    }

    public static string ShapeOf(FeedTable table, long oid, IEnumerable<(string Name, uint Type)> columns)
    {
        var text = string.Join('\n', [
            $"{oid}", table.Id, table.Text, string.Join('\t', table.Metadata), table.ExpiresAt ?? "", table.Tier ?? "",
            .. columns.Select(column => $"{column.Name}\t{column.Type}"),
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
