using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Writes one generation's keyword index (https://sqlite.org/fts5.html).</summary>
internal sealed class KeywordWriter(SqliteConnection connection, IndexTables tables)
{
    /// <summary>Words are gathered in memory up to this size before they become a segment.</summary>
    public const int HashBytes = 16 << 20;

    /// <summary>So many segments of one level are merged into one of the next.</summary>
    public const int MostSegments = 16;

    private readonly string _add = $"INSERT INTO {tables.Keywords} (rowid, text) VALUES (?1, ?2)";

    private readonly string _remove =
        $"INSERT INTO {tables.Keywords} ({tables.Keywords}, rowid, text) VALUES ('delete', ?1, ?2)";

    public void Add(long chunk, ReadOnlySpan<byte> text) => Run(_add, chunk, text);

    /// <param name="text">Exactly what was added: FTS5 takes away the words that it finds in it.</param>
    public void Remove(long chunk, ReadOnlySpan<byte> text) => Run(_remove, chunk, text);

    private void Run(string sql, long chunk, ReadOnlySpan<byte> text)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, chunk);
        statement.BindText(2, text);
        statement.Step();
    }
}
