using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Takes what was removed out of the search index's own free space: words of closed chunks, and codes in free slots.</summary>
internal static class ErasureScrub
{
    private const string Generations = $"SELECT g.id, s.dimensions FROM generation g JOIN space s ON s.id = g.space WHERE NOT g.{RowStates.Retired}";

    public static void Run(SqliteConnection connection)
    {
        foreach (var (generation, dimensions) in ListGenerations(connection))
        {
            var tables = new IndexTables(generation);
            if (tables.HasKeywords(connection))
            {
                connection.Execute($"INSERT INTO {tables.Keywords} ({tables.Keywords}) VALUES ('optimize')");
            }

            if (tables.HasVectors(connection))
            {
                ClearFreeSlots(connection, tables, dimensions);
            }
        }
    }

    private static List<(long Id, int Dimensions)> ListGenerations(SqliteConnection connection)
    {
        using var row = connection.Statement(Generations);
        var generations = new List<(long, int)>();
        while (row.Step())
        {
            generations.Add((row.GetInt64(0), row.GetInt32(1)));
        }

        return generations;
    }

    private static void ClearFreeSlots(SqliteConnection connection, IndexTables tables, int dimensions)
    {
        foreach (var (number, pack) in OpenPacks(connection, tables))
        {
            using var codes = connection.OpenBlob(tables.Codes, "codes", number, write: true);
            var nothing = new byte[dimensions];
            for (var slot = 0; slot < codes.Length / dimensions; slot++)
            {
                if (pack.Chunks[slot] == 0)
                {
                    codes.Write(nothing, slot * dimensions);
                }
            }
        }
    }

    private static List<(long Number, VectorPack Pack)> OpenPacks(SqliteConnection connection, IndexTables tables)
    {
        using var row = connection.Statement($"SELECT pack, entries FROM {tables.Packs} WHERE live < {VectorPack.Slots}");
        var packs = new List<(long, VectorPack)>();
        while (row.Step())
        {
            var pack = new VectorPack();
            if (pack.TryRead(row.GetBlob(1)))
            {
                packs.Add((row.GetInt64(0), pack));
            }
        }

        return packs;
    }
}
