using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and writes rows of <c>source_place</c>: relative to the store's folder, so that both can be moved together.</summary>
internal static class PlaceTable
{
    private const string Rows = """
        SELECT s.name, p.place FROM source_place p JOIN source s ON s.id = p.source
        WHERE s.namespace = (SELECT id FROM namespace WHERE name = ?1)
        """;

    public static string? Find(SqliteConnection connection, long source, string database)
    {
        using var row = connection.Statement("SELECT place FROM source_place WHERE source = ?1");
        row.Bind(1, source);
        return row.Step() ? Absolute(row.GetText(0), database) : null;
    }

    public static Dictionary<string, string> List(SqliteConnection connection, string @namespace, string database)
    {
        using var row = connection.Statement(Rows);
        row.BindText(1, @namespace);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        while (row.Step())
        {
            places[row.GetText(0)] = Absolute(row.GetText(1), database);
        }

        return places;
    }

    public static void Note(SqliteConnection connection, long source, string place, string database)
    {
        using var insert = connection.Statement("INSERT OR REPLACE INTO source_place (source, place) VALUES (?1, ?2)");
        insert.Bind(1, source);
        insert.BindText(2, Path.GetRelativePath(FolderOf(database), place));
        insert.Step();
    }

    private static string Absolute(string place, string database) => Path.GetFullPath(place, FolderOf(database));

    private static string FolderOf(string database) => Path.GetDirectoryName(Path.GetFullPath(database))!;
}
