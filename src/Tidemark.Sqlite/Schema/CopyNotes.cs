using System.Buffers.Binary;
using Tidemark.Archiving;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Schema;

/// <summary>What a copy that is under way notes in the file itself: the parts that are there, and the indexes that are not yet.</summary>
internal static class CopyNotes
{
    private const string Tables = """
        CREATE TABLE copy_format (format INTEGER NOT NULL);
        CREATE TABLE copy_part (name TEXT NOT NULL, place INTEGER NOT NULL, rows INTEGER NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
        CREATE TABLE copy_index (name TEXT PRIMARY KEY, sql TEXT NOT NULL) WITHOUT ROWID
        """;

    /// <summary>Whether a former attempt was one of this release's format, which can be gone on with.</summary>
    public static bool AreThere(SqliteConnection connection) =>
        connection.Scalar("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'copy_format')") != 0
        && connection.Scalar("SELECT coalesce(max(format), 0) FROM copy_format") == SchemaMigrations.Current;

    /// <summary>In an empty store; its indexes go until there are rows.</summary>
    public static void Begin(SqliteConnection connection)
    {
        connection.Execute(Tables);
        connection.Execute($"INSERT INTO copy_format VALUES ({SchemaMigrations.Current})");
        var names = string.Join(", ", ArchiveTables.All.Select(table => $"'{table.Name}'"));
        connection.Execute($"INSERT INTO copy_index SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})");
        foreach (var (name, _) in Indexes(connection))
        {
            connection.Execute($"DROP INDEX \"{name}\"");
        }
    }

    public static IReadOnlyList<ArchivePart> PartsOf(SqliteConnection connection, ArchiveTable table)
    {
        var parts = new List<ArchivePart>();
        using var row = connection.Statement("SELECT place, rows, sum FROM copy_part WHERE name = ?1 ORDER BY place");
        row.BindText(1, table.Name);
        while (row.Step())
        {
            parts.Add(new ArchivePart(table, (int)row.GetInt64(0), row.GetInt64(1), BinaryPrimitives.ReadUInt128LittleEndian(row.GetBlob(2))));
        }

        return parts;
    }

    public static void Add(SqliteConnection connection, ArchivePart part)
    {
        Span<byte> sum = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(sum, part.Sum);
        using var insert = connection.Statement("INSERT INTO copy_part VALUES (?1, ?2, ?3, ?4)");
        insert.BindText(1, part.Table.Name);
        insert.Bind(2, part.Place);
        insert.Bind(3, part.Rows);
        insert.BindBlob(4, sum);
        insert.Run();
    }

    /// <summary>Its rows, its parts, and what stands in the catalog for it.</summary>
    public static void Forget(SqliteConnection connection, ArchiveTable table)
    {
        if (table == ArchiveTables.Generations)
        {
            DropIndexes(connection);
        }

        connection.Execute(
            $"DELETE FROM {table.Name}; DELETE FROM copy_part WHERE name = '{table.Name}'; DELETE FROM catalog WHERE kind = '{table.Name}'");
    }

    /// <returns>False: all are there.</returns>
    public static bool TryMakeIndex(SqliteConnection connection)
    {
        if (Indexes(connection) is not [var (name, sql), ..])
        {
            return false;
        }

        connection.Execute(sql);
        using var delete = connection.Statement("DELETE FROM copy_index WHERE name = ?1");
        delete.BindText(1, name);
        delete.Run();
        return true;
    }

    public static void End(SqliteConnection connection)
    {
        while (TryMakeIndex(connection))
        {
            // A copy that ends has them all.
        }

        connection.Execute("DROP TABLE copy_index; DROP TABLE copy_part; DROP TABLE copy_format");
    }

    /// <summary>What an attempt has made of generations that may be others by now.</summary>
    private static void DropIndexes(SqliteConnection connection)
    {
        var generations = new List<long>();
        using (var row = connection.Statement("SELECT id FROM generation"))
        {
            while (row.Step())
            {
                generations.Add(row.GetInt64(0));
            }
        }

        foreach (var tables in generations.Select(id => new IndexTables(id)))
        {
            tables.DropVectors(connection);
            tables.DropKeywords(connection);
        }
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection)
    {
        var indexes = new List<(string, string)>();
        using var row = connection.Statement("SELECT name, sql FROM copy_index ORDER BY name");
        while (row.Step())
        {
            indexes.Add((row.GetText(0), row.GetText(1)));
        }

        return indexes;
    }
}
