using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SQLitePCL;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>
/// What SQLite itself takes for the least that an index must hold: id, hash, text, a vector of 384 floats and the
/// keywords, in transactions of 5,000, with nothing around it.
/// </summary>
internal static class InsertLimit
{
    public static void Measure(Measuring.Bench bench, string lines)
    {
        Batteries_V2.Init();
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
        Check(raw.sqlite3_open(path, out var database), database);
        using (database)
        {
            Execute(database, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            Execute(database, "CREATE TABLE t (key INTEGER PRIMARY KEY, id TEXT, hash BLOB, text TEXT, vector BLOB)");
            Execute(database, "CREATE UNIQUE INDEX t_id ON t (id)");
            Execute(database, "CREATE VIRTUAL TABLE f USING fts5 (text, content='t', content_rowid='key')");
            Check(raw.sqlite3_prepare_v2(database, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", out var row), database);
            Check(raw.sqlite3_prepare_v2(database, "INSERT INTO f (rowid, text) VALUES (?, ?)", out var words), database);
            using (row)
            using (words)
            {
                for (var from = 0; from < texts.Length; from += 5_000)
                {
                    Execute(database, "BEGIN");
                    for (var i = from; i < Math.Min(from + 5_000, texts.Length); i++)
                    {
                        InsertOne(database, row, words, i, texts[i]);
                    }

                    Execute(database, "COMMIT");
                }
            }
        }
    }

    private static void InsertOne(sqlite3 database, sqlite3_stmt row, sqlite3_stmt words, int number, string text)
    {
        var vector = new byte[384 * sizeof(float)];
        RandomNumberGenerator.Fill(vector);
        raw.sqlite3_bind_int64(row, 1, number + 1);
        raw.sqlite3_bind_text(row, 2, number.ToString(CultureInfo.InvariantCulture));
        raw.sqlite3_bind_blob(row, 3, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        raw.sqlite3_bind_text(row, 4, text);
        raw.sqlite3_bind_blob(row, 5, vector);
        Step(database, row);
        raw.sqlite3_bind_int64(words, 1, number + 1);
        raw.sqlite3_bind_text(words, 2, text);
        Step(database, words);
    }

    private static void Step(sqlite3 database, sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code, database);
        }

        raw.sqlite3_reset(statement);
    }

    private static void Execute(sqlite3 database, string sql) => Check(raw.sqlite3_exec(database, sql), database);

    private static void Check(int code, sqlite3 database)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
        }
    }
}
