using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Writes one generation's keyword index (https://sqlite.org/fts5.html).</summary>
internal sealed class KeywordWriter(SqliteConnection connection, IndexTables tables)
{
    /// <summary>Words are gathered in memory up to this size before they become a segment.</summary>
    public const int HashBytes = 16 << 20;

    /// <summary>Two pages of the database: fewer, larger pieces are written and merged faster.</summary>
    public const int PageBytes = 16_000;

    /// <summary>
    /// So many segments of one level are merged into one of the next at once. High, because merging costs as much as
    /// indexing: a first index should not pay for it, and small changes merge little by little.
    /// </summary>
    public const int MostSegments = 64;

    /// <summary>A transaction with fewer changes than this has time to merge.</summary>
    private const int FewChanges = 100;

    private const int PagesToMerge = 32;

    private readonly string _add = $"INSERT INTO {tables.Keywords} (rowid, text) VALUES (?1, ?2)";

    private readonly string _remove =
        $"INSERT INTO {tables.Keywords} ({tables.Keywords}, rowid, text) VALUES ('delete', ?1, ?2)";

    private readonly string _merge = $"INSERT INTO {tables.Keywords} ({tables.Keywords}, rank) VALUES ('merge', {PagesToMerge})";

    private int _changes;

    public void Add(long chunk, ReadOnlySpan<byte> text) => Run(_add, chunk, text);

    /// <param name="text">Exactly what was added: FTS5 takes away the words that it finds in it.</param>
    public void Remove(long chunk, ReadOnlySpan<byte> text) => Run(_remove, chunk, text);

    public void Flush()
    {
        if (_changes is > 0 and < FewChanges)
        {
            using var merge = connection.Statement(_merge);
            merge.Step();
        }

        _changes = 0;
    }

    public void Discard() => _changes = 0;

    private void Run(string sql, long chunk, ReadOnlySpan<byte> text)
    {
        _changes++;
        using var statement = connection.Statement(sql);
        statement.Bind(1, chunk);
        statement.BindText(2, text);
        statement.Step();
    }
}
