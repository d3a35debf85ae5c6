using System.Security.Cryptography;
using System.Text;
using SQLitePCL;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Looks into a store's file from outside, or damages it.</summary>
internal static class StoreFile
{
    static StoreFile() => Batteries_V2.Init();

    /// <summary>A hash over every row of every table but the runs' history, which every run adds to, and its counter.</summary>
    public static string Fingerprint(string path)
    {
        using var database = Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in Tables(database).Where(t => t is not ("run" or "sqlite_sequence")))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(table));
            foreach (var row in Rows(database, $"SELECT * FROM \"{table}\""))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(row));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static IReadOnlyList<string> Tables(string path)
    {
        using var database = Open(path);
        return Tables(database);
    }

    public static long Scalar(string path, string sql)
    {
        using var database = Open(path);
        return long.Parse(Rows(database, sql).Single().TrimEnd('|'));
    }

    public static void Execute(string path, string sql)
    {
        using var database = Open(path);
        raw.sqlite3_exec(database, sql).ShouldBe(raw.SQLITE_OK, raw.sqlite3_errmsg(database).utf8_to_string());
    }

    /// <summary>The same by a process that is killed then, so that the change stands in the log and its index is gone.</summary>
    public static void ExecuteAndKeepLog(string path, string sql)
    {
        using (var database = Open(path))
        {
            raw.sqlite3_exec(database, sql).ShouldBe(raw.SQLITE_OK, raw.sqlite3_errmsg(database).utf8_to_string());
            File.Copy(path + "-wal", path + ".kept");
        }

        File.Move(path + ".kept", path + "-wal");
    }

    private static sqlite3 Open(string path)
    {
        raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_busy_timeout(database, 10_000);
        return database;
    }

    private static IReadOnlyList<string> Tables(sqlite3 database) =>
        [.. Rows(database, "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name")
            .Select(r => r.TrimEnd('|'))];

    private static IEnumerable<string> Rows(sqlite3 database, string sql)
    {
        raw.sqlite3_prepare_v2(database, sql, out var statement)
            .ShouldBe(raw.SQLITE_OK, raw.sqlite3_errmsg(database).utf8_to_string());
        using (statement)
        {
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                yield return string.Concat(
                    Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => Value(statement, i) + "|"));
            }
        }
    }

    private static string Value(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB
            ? Convert.ToHexStringLower(raw.sqlite3_column_blob(statement, column))
            : raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "null";
}
