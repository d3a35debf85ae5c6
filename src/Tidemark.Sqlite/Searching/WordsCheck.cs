using System.Globalization;
using System.Runtime.InteropServices;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Compares the words of a keyword index with the texts that they are of, where nothing may be written: FTS5's own check counts
/// as a write. Each word at its place adds to a number of its row, and each word that the text has at that place takes the same
/// away again.
/// </summary>
internal sealed class WordsCheck : IDisposable
{
    private const int Batch = 256;

    /// <summary>No text has so many words.</summary>
    private const long PlaceOfTitles = 1L << 40;

    private const string Instances = "SELECT doc, term, offset, col FROM";
    private static long _names;

    private readonly Dictionary<long, ulong> _sums = [];
    private readonly Dictionary<long, long> _words = [];
    private readonly Dictionary<long, long> _titleWords = [];
    private readonly SqliteConnection _scratch = SqliteConnection.Open(
        string.Create(CultureInfo.InvariantCulture, $"tidemark-words-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}"),
        SqliteOpenMode.Memory,
        TimeSpan.Zero);

    private WordsCheck(string tokenizer) => _scratch.Execute(
        $"""
        CREATE VIRTUAL TABLE words USING fts5(text, title, content='', tokenize='{tokenizer}');
        CREATE VIRTUAL TABLE instances USING fts5vocab('words', 'instance');
        """);

    /// <param name="connection">In a read transaction.</param>
    /// <returns>False: they differ.</returns>
    public static bool HasRightWords(
        SqliteConnection connection, IndexGeneration generation, CancellationToken cancellationToken)
    {
        using var check = new WordsCheck(generation.Tables.TokenizerIn(connection));
        try
        {
            if (!SeekCheck.CanBeOpened(connection, generation.Tables))
            {
                return false;
            }

            check.AddIndexed(connection, generation.Tables, cancellationToken);
            check.TakeTexts(connection, generation.Tables, cancellationToken);
            return check._sums.Values.All(sum => sum == 0)
                && SizesCheck.HasRightSizes(connection, generation.Tables, check._words, check._titleWords)
                && IsWhole(connection, generation.Tables)
                && SeekCheck.FindsEveryWord(connection, generation.Tables);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt)
        {
            return false;
        }
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>How pages hang together, which FTS5 compares without being written to.</summary>
    private static bool IsWhole(SqliteConnection connection, IndexTables tables)
    {
        using var line = connection.Statement($"PRAGMA integrity_check('{tables.Keywords}')");
        return line.Step() && line.GetText(0) == "ok";
    }

    /// <summary>The table through which the words are read is the connection's own; the file is not written.</summary>
    private void AddIndexed(SqliteConnection connection, IndexTables tables, CancellationToken cancellationToken)
    {
        var view = $"temp.instances_{tables.Generation}";
        ExecuteWritable(connection, $"CREATE VIRTUAL TABLE {view} USING fts5vocab('main', '{tables.Keywords}', 'instance')");
        try
        {
            Count(connection, $"{Instances} {view}", isIndexed: true, cancellationToken);
        }
        finally
        {
            ExecuteWritable(connection, $"DROP TABLE {view}");
        }
    }

    /// <summary>The connection goes back to its pool, so it must refuse to write again whatever happens.</summary>
    private static void ExecuteWritable(SqliteConnection connection, string sql)
    {
        connection.Execute("PRAGMA query_only = 0");
        try
        {
            connection.Execute(sql);
        }
        finally
        {
            connection.Execute("PRAGMA query_only = 1");
        }
    }

    private void TakeTexts(SqliteConnection connection, IndexTables tables, CancellationToken cancellationToken)
    {
        using var text = connection.Statement($"SELECT key, text, title FROM {tables.KeywordContent}");
        var waiting = 0;
        while (text.Step())
        {
            using (var insert = _scratch.Statement("INSERT INTO words (rowid, text, title) VALUES (?1, ?2, ?3)"))
            {
                insert.Bind(1, text.GetInt64(0));
                insert.BindText(2, text.GetUtf8(1));
                insert.BindText(3, text.GetUtf8(2));
                insert.Step();
            }

            if (++waiting == Batch)
            {
                TakeWaiting(cancellationToken);
                waiting = 0;
            }
        }

        TakeWaiting(cancellationToken);
    }

    private void TakeWaiting(CancellationToken cancellationToken)
    {
        Count(_scratch, $"{Instances} instances", isIndexed: false, cancellationToken);
        _scratch.Execute("INSERT INTO words (words) VALUES ('delete-all')");
    }

    private void Count(SqliteConnection connection, string instances, bool isIndexed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var row = connection.Statement(instances);
        while (row.Step())
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, row.GetInt64(0), out _);
            var isTitle = row.GetUtf8(3).SequenceEqual("title"u8);
            var word = HashOf(row.GetUtf8(1), row.GetInt64(2) + (isTitle ? PlaceOfTitles : 0));
            sum = unchecked(isIndexed ? sum + word : sum - word);
            if (!isIndexed)
            {
                // Some words share a place, so what counts is the last one.
                ref var words = ref CollectionsMarshal.GetValueRefOrAddDefault(isTitle ? _titleWords : _words, row.GetInt64(0), out _);
                words = Math.Max(words, row.GetInt64(2) + 1);
            }
        }
    }

    /// <summary>FNV-1a, and the end of SplitMix64 so that sums of similar words do not meet.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> word, long place)
    {
        unchecked
        {
            var hash = 0xCBF29CE484222325UL;
            foreach (var letter in word)
            {
                hash = (hash ^ letter) * 0x100000001B3UL;
            }

            hash += (ulong)place * 0x9E3779B97F4A7C15UL;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return hash ^ (hash >> 31);
        }
    }
}
