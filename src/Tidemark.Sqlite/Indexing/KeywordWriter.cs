using System.Buffers;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Writes one generation's keyword index (https://sqlite.org/fts5.html).</summary>
/// <remarks>
/// FTS5 writes out what it has gathered whenever a row comes that is not after the one before. Rows that open are always
/// the newest; those that close are held back and go in order at the end, so that a batch leaves two segments at most
/// and not two a document.
/// </remarks>
internal sealed class KeywordWriter(SqliteConnection connection, IndexTables tables)
{
    /// <summary>
    /// Words are gathered in memory up to this size before they become a segment: more of them no longer fit the processor's
    /// cache, less of them make more segments to merge.
    /// </summary>
    public const int HashBytes = 4 << 20;

    /// <summary>Two pages of the database: fewer, larger pieces are written and merged faster.</summary>
    public const int PageBytes = 16_000;

    /// <summary>So many segments of one level are merged into one of the next at once.</summary>
    public const int MostSegments = 16;

    /// <summary>A transaction with fewer changes than this has time to merge.</summary>
    private const int FewChanges = 100;

    private const int PagesToMerge = 32;

    private const int MostHeldBytes = 4 << 20;

    private readonly List<(long Chunk, int Start, int Length, string Caption)> _held = [];
    private readonly ArrayBufferWriter<byte> _texts = new();
    private long _newestHeld;
    private int _changes;

    private readonly string _merge =
        $"INSERT INTO {tables.Keywords} ({tables.Keywords}, rank) VALUES ('merge', {PagesToMerge})";

    private readonly string _add = $"INSERT INTO {tables.Keywords} (rowid, text, title) VALUES (?1, ?2, ?3)";

    private readonly string _remove =
        $"INSERT INTO {tables.Keywords} ({tables.Keywords}, rowid, text, title) VALUES ('delete', ?1, ?2, ?3)";

    /// <param name="caption">What stands above it, in the column of titles; empty: nothing.</param>
    public void Add(long chunk, ReadOnlySpan<byte> text, string caption)
    {
        if (chunk <= _newestHeld)
        {
            WriteHeld(); // the key of a chunk that was deleted is taken anew
        }

        Run(_add, chunk, text, caption);
    }

    /// <param name="text">Exactly what was added: FTS5 takes away the words that it finds in it.</param>
    /// <param name="caption">The same.</param>
    public void Remove(long chunk, ReadOnlySpan<byte> text, string caption)
    {
        _held.Add((chunk, _texts.WrittenCount, text.Length, caption));
        _texts.Write(text);
        _newestHeld = Math.Max(_newestHeld, chunk);
        if (_texts.WrittenCount > MostHeldBytes)
        {
            WriteHeld();
        }
    }

    /// <summary>The last of a transaction: writes what was held back, and merges a little where there is time for it.</summary>
    public void Flush()
    {
        WriteHeld();
        if (_changes is > 0 and < FewChanges)
        {
            using var merge = connection.Statement(_merge);
            merge.Step();
        }

        _changes = 0;
    }

    /// <summary>Forgets what was held back.</summary>
    public void Discard()
    {
        _held.Clear();
        _texts.ResetWrittenCount();
        _newestHeld = 0;
        _changes = 0;
    }

    private void WriteHeld()
    {
        _held.Sort((one, other) => one.Chunk.CompareTo(other.Chunk));
        foreach (var (chunk, start, length, caption) in _held)
        {
            Run(_remove, chunk, _texts.WrittenSpan.Slice(start, length), caption);
        }

        _held.Clear();
        _texts.ResetWrittenCount();
        _newestHeld = 0;
    }

    private void Run(string sql, long chunk, ReadOnlySpan<byte> text, string caption)
    {
        _changes++;
        try
        {
            using var statement = connection.Statement(sql);
            statement.Bind(1, chunk);
            statement.BindText(2, text);
            if (caption.Length > 0)
            {
                statement.BindText(3, caption);
            }

            statement.Step();
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            throw tables.Damaged(connection.Path, e);
        }
    }
}
