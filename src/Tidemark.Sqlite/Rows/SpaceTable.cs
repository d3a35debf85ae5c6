using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>The store's numbers of embedding spaces.</summary>
internal static class SpaceTable
{
    private const string FindRow = "SELECT id, dimensions FROM space WHERE name = ?1";
    private const string InsertRow = "INSERT INTO space (name, dimensions) VALUES (?1, ?2)";

    /// <returns>0 where nothing was stored in it yet.</returns>
    /// <exception cref="TidemarkException"><c>embedding.space</c>: the name is known with other dimensions.</exception>
    public static long Find(SqliteConnection connection, EmbeddingSpace space)
    {
        using var row = connection.Statement(FindRow);
        row.BindText(1, space.Name);
        if (!row.Step())
        {
            return 0;
        }

        if (row.GetInt32(1) != space.Dimensions)
        {
            throw StoreRefusals.OtherDimensions(space, row.GetInt32(1));
        }

        return row.GetInt64(0);
    }

    public static long FindOrAdd(SqliteConnection connection, EmbeddingSpace space)
    {
        if (Find(connection, space) is var known and not 0)
        {
            return known;
        }

        LostRows.Refuse(connection, "space", space.Name, "first = json_array(?1, ?2)", space.Dimensions);
        using var insert = connection.Statement(InsertRow);
        insert.BindText(1, space.Name);
        insert.Bind(2, space.Dimensions);
        insert.Step();
        return connection.LastInsertRowId;
    }
}
