using System.Globalization;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Care;

/// <summary>SQLite's own check of pages, rows and indexes (https://sqlite.org/pragma.html#pragma_integrity_check).</summary>
internal sealed class PageCheck(SqliteConnection connection)
{
    /// <summary>What concerns records and embeddings; the tables of the index are made again anyway.</summary>
    public IReadOnlyList<string> Run()
    {
        var roots = IndexRoots();
        List<string> found;
        try
        {
            found = Check("100");
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreFailed)
        {
            // A keyword index that cannot be opened ends the check of the whole file.
            found = [.. RecordTables().SelectMany(table => Check(table))];
        }

        return found.FindAll(line => !IsOfIndex(line, roots));
    }

    public void Find(DamageList damages)
    {
        foreach (var line in Run())
        {
            var kind = IsOfRecordIndex(line) ? DamageKind.Derivable : DamageKind.Lost;
            damages.Add("the store's file", line.ReplaceLineEndings(", "), kind);
        }
    }

    /// <param name="line">One of those of <see cref="Run"/>.</param>
    /// <returns>Whether the rows are right, and an index over them is not.</returns>
    public static bool IsOfRecordIndex(string line) => line.Contains("index", StringComparison.Ordinal);

    /// <param name="what">The name of a table as an SQL literal, or the most faults to list of the whole file.</param>
    private List<string> Check(string what)
    {
        var found = new List<string>();
        using var rows = connection.Statement($"PRAGMA integrity_check({what})");
        while (rows.Step())
        {
            var line = rows.GetText(0).Trim();
            if (line != "ok")
            {
                found.Add(line);
            }
        }

        return found;
    }

    private List<string> RecordTables()
    {
        var tables = new List<string>();
        using var rows = connection.Statement(
            "SELECT quote(name) FROM sqlite_master WHERE type = 'table' AND NOT (name GLOB 'keyword_*' OR name GLOB 'vector_*')");
        while (rows.Step())
        {
            tables.Add(rows.GetText(0));
        }

        return tables;
    }

    private HashSet<long> IndexRoots()
    {
        var roots = new HashSet<long>();
        using var rows = connection.Statement(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name GLOB 'keyword_*' OR tbl_name GLOB 'vector_*'");
        while (rows.Step())
        {
            roots.Add(rows.GetInt64(0));
        }

        return roots;
    }

    private static bool IsOfIndex(string line, HashSet<long> roots) =>
        line.Contains("keyword_", StringComparison.Ordinal)
        || line.Contains("vector_", StringComparison.Ordinal)
        || (TreeOf(line) is { } tree && roots.Contains(tree));

    /// <summary>The number after <c>Tree</c>, by which SQLite names a table or an index: that of its first page.</summary>
    private static long? TreeOf(string line)
    {
        const string Word = "Tree ";
        var at = line.IndexOf(Word, StringComparison.Ordinal);
        var rest = at < 0 ? "" : line[(at + Word.Length)..];
        var digits = rest.AsSpan(0, rest.TakeWhile(char.IsAsciiDigit).Count());
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
