using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>The store's numbers of source ids that differ from their document's id.</summary>
internal sealed class SourceIdRows(SqliteConnection connection, long @namespace)
{
    private const int CacheSize = 4096;
    private const string FindRow = "SELECT id FROM source_id WHERE namespace = ?1 AND value = ?2";
    private const string InsertRow = "INSERT INTO source_id (namespace, value) VALUES (?1, ?2)";
    private readonly Dictionary<string, long> _cache = new(StringComparer.Ordinal);

    public static long Find(SqliteConnection connection, long @namespace, string value)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, @namespace);
        row.BindText(2, value);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    /// <param name="value">Null where a document is its own source id.</param>
    /// <returns>0 for that.</returns>
    public long FindOrAdd(string? value)
    {
        if (value is null)
        {
            return 0;
        }

        if (_cache.TryGetValue(value, out var known))
        {
            return known;
        }

        var found = Find(connection, @namespace, value);
        if (found == 0)
        {
            using var insert = connection.Statement(InsertRow);
            insert.Bind(1, @namespace);
            insert.BindText(2, value);
            insert.Step();
            found = connection.LastInsertRowId;
        }

        if (_cache.Count == CacheSize)
        {
            _cache.Clear();
        }

        _cache.Add(value, found);
        return found;
    }

    /// <summary>Forgets what a rolled-back transaction may have added.</summary>
    public void Discard() => _cache.Clear();
}
