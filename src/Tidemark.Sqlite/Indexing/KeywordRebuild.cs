using Tidemark.Documents;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Makes keyword indexes anew from the stored texts, inside the caller's transaction.</summary>
internal static class KeywordRebuild
{
    /// <summary>
    /// Of every generation that has one, because words are read in another way now. One that cannot be made stays empty:
    /// <c>verify</c> tells what is missing, and why.
    /// </summary>
    public static void RunAll(SqliteConnection connection)
    {
        foreach (var generation in Generations(connection))
        {
            var tables = new IndexTables(generation);
            var isExternal = ExternalIndexTable.Holds(connection, generation);
            try
            {
                Run(connection, tables, isExternal);
            }
            catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
            {
                Empty(connection, tables, isExternal);
            }
        }
    }

    public static void Run(SqliteConnection connection, IndexTables tables, bool isExternal)
    {
        Empty(connection, tables, isExternal);
        if (AllTextsHold(connection, tables))
        {
            connection.Execute($"INSERT INTO {tables.Keywords} ({tables.Keywords}) VALUES ('rebuild')");
        }
        else
        {
            AddSoundTexts(connection, tables);
        }
    }

    private static List<long> Generations(SqliteConnection connection)
    {
        var found = new List<long>();
        using var row = connection.Statement(
            "SELECT id FROM generation WHERE 'keyword_' || id IN (SELECT name FROM sqlite_master WHERE type = 'table')");
        while (row.Step())
        {
            found.Add(row.GetInt64(0));
        }

        return found;
    }

    private static void Empty(SqliteConnection connection, IndexTables tables, bool isExternal)
    {
        tables.DropKeywords(connection);
        if (isExternal)
        {
            tables.CreatePublishedKeywords(connection);
        }
        else
        {
            tables.CreateKeywords(connection);
        }
    }

    private static bool AllTextsHold(SqliteConnection connection, IndexTables tables)
    {
        using var rows = connection.Statement(TextsOf(tables));
        while (rows.Step())
        {
            if (!Holds(rows))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A damaged text is not found rather than found by words that it never had.</summary>
    private static void AddSoundTexts(SqliteConnection connection, IndexTables tables)
    {
        using var insert = connection.Statement($"INSERT INTO {tables.Keywords} (rowid, text, title) VALUES (?1, ?2, ?3)");
        using var rows = connection.Statement(TextsOf(tables));
        while (rows.Step())
        {
            if (Holds(rows))
            {
                insert.Bind(1, rows.GetInt64(0));
                insert.BindText(2, rows.GetUtf8(2));
                insert.BindText(3, rows.GetUtf8(4));
                insert.Run();
            }
        }
    }

    private static string TextsOf(IndexTables tables) =>
        $"SELECT c.key, c.input, c.text, c.seal, v.title FROM {tables.KeywordContent} v JOIN chunk c ON c.key = v.key";

    private static bool Holds(SqliteStatement row) => Seal.Holds(row.GetHash(1), row.GetUtf8(2), row.GetNullableInt64(3));
}
