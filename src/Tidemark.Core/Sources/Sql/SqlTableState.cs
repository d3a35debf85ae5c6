using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Sources;

/// <summary>How far one table was read.</summary>
/// <param name="Shape">What was made of it.</param>
/// <param name="Mark">The time stamp up to which everything was read, as the database writes it; null: it has none.</param>
/// <param name="Clock">The database's clock at that.</param>
internal sealed record SqlTableState(string Shape, string? Mark, string? Clock)
{
    /// <summary>What is made of a table, in a few characters: where that changes, everything is read again.</summary>
    public static string ShapeOf(SqlTable table)
    {
        string?[] parts = [
            table.Name, table.Id, table.Text, table.Query, table.Deleted, table.ExpiresAt, table.Tier, string.Join('\t', table.Metadata), string.Join('\t', table.Updated),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => part is null ? "-" : $"{part.Length}:{part}")))))[..16];
    }
}
