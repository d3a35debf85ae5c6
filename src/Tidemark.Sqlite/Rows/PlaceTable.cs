using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// Reads and writes rows of <c>source_place</c>: relative to the store's folder, so that both can be moved together. Of a row and its two
/// copies in <c>catalog</c> that counts which two of them say.
/// </summary>
internal static class PlaceTable
{
    private const string Told = """
        SELECT coalesce(p.id, k.id) AS source, CASE
          WHEN k.first = k.second THEN json_extract(k.first, '$[0]') ELSE coalesce(p.place, json_extract(k.first, '$[0]')) END AS place
        FROM source_place p FULL JOIN (SELECT id, first, second FROM catalog WHERE kind = 'source_place') k ON k.id = p.id
        """;

    private const string Rows = $"""
        SELECT s.name, t.place FROM ({Told}) t JOIN source s ON s.id = t.source
        WHERE s.namespace = (SELECT id FROM namespace WHERE name = ?1)
        """;

    private const string One = $"SELECT place FROM ({Told}) WHERE source = ?1";

    public static string? Find(SqliteConnection connection, long source, string database)
    {
        using var row = connection.Statement(One);
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
        using var insert = connection.Statement("INSERT OR REPLACE INTO source_place (id, place) VALUES (?1, ?2)");
        insert.Bind(1, source);
        insert.BindText(2, Relative(place, database));
        insert.Step();
    }

    public static string Relative(string place, string database) =>
        IsPath(place) ? Path.GetRelativePath(FolderOf(database), place) is var path && !IsPath(path) ? $"./{path}" : path : place;

    public static string Absolute(string place, string database) => IsPath(place) ? Path.GetFullPath(place, FolderOf(database)) : place;

    /// <summary>A tree of git is no folder, and does not move with the store.</summary>
    private static bool IsPath(string place) => !place.StartsWith("git:", StringComparison.Ordinal);

    private static string FolderOf(string database) => Path.GetDirectoryName(Path.GetFullPath(database))!;
}
