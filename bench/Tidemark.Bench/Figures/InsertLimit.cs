using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Bench.Measuring;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Bench.Figures;

/// <summary>
/// What SQLite itself takes for the least that an index must hold: id, hash, text, a vector of 384 floats and the
/// keywords, in transactions of 5,000, with nothing around it.
/// </summary>
internal static class InsertLimit
{
    public static void Measure(Measuring.Bench bench, string lines)
    {
        bench.DropStore("limit");
        var texts = File.ReadAllLines(lines);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Insert(bench.StorePath("limit"), texts);
        var seconds = watch.Elapsed.TotalSeconds;
        bench.Report.Note(
            "bare inserts of 100,000 texts, vectors and keywords", $"{texts.Length / seconds:N0}/s ({seconds:F1} s)",
            "Tidemark.Bench InsertLimit");
        bench.DropStore("limit");
    }

    private static void Insert(string path, string[] texts)
    {
        using var database = SqliteConnection.Open(path, SqliteOpenMode.Create, TimeSpan.Zero);
        database.Execute(
            """
            PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            CREATE TABLE t (key INTEGER PRIMARY KEY, id TEXT, hash BLOB, text TEXT, vector BLOB);
            CREATE UNIQUE INDEX t_id ON t (id);
            CREATE VIRTUAL TABLE f USING fts5 (text, content='t', content_rowid='key');
            PRAGMA wal_autocheckpoint = 16384; PRAGMA secure_delete = FAST;
            INSERT INTO f (f, rank) VALUES ('hashsize', 4194304);
            INSERT INTO f (f, rank) VALUES ('automerge', 0);
            INSERT INTO f (f, rank) VALUES ('pgsz', 16000);
            """);
        using var row = database.Statement("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
        using var words = database.Statement("INSERT INTO f (rowid, text) VALUES (?, ?)");
        var vector = new byte[384 * sizeof(float)];
        for (var from = 0; from < texts.Length; from += 5_000)
        {
            using var transaction = database.Begin(write: true);
            for (var i = from; i < Math.Min(from + 5_000, texts.Length); i++)
            {
                RandomNumberGenerator.Fill(vector);
                InsertOne(row, words, i + 1, texts[i], vector);
            }

            transaction.Commit();
        }
    }

    private static void InsertOne(SqliteStatement row, SqliteStatement words, int key, string text, byte[] vector)
    {
        row.Bind(1, key);
        row.BindText(2, key.ToString(CultureInfo.InvariantCulture));
        row.BindBlob(3, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        row.BindText(4, text);
        row.BindBlob(5, vector);
        row.Run();
        words.Bind(1, key);
        words.BindText(2, text);
        words.Run();
    }
}
