using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Schema;

/// <summary>
/// Tells a copy that has not been finished from a store: while it is made its header names another application, and in the
/// place of the format stands how often it was begun.
/// </summary>
internal static class CopyMark
{
    /// <summary>"Tidc" in ASCII.</summary>
    public const int ApplicationId = 0x54696463;

    public static bool IsOn(SqliteConnection connection) => connection.Scalar("PRAGMA application_id") == ApplicationId;

    public static TidemarkException Refusal(string path) => new(
        ErrorCodes.StoreUnfinished,
        $"the store '{path}' is a copy that was not finished",
        "run the 'StoreCopy.RunAsync()' that began it again: it goes on where that ended, and its original was not touched");

    /// <summary>
    /// Takes up an unfinished copy, or makes it empty again where another release has begun it, or marks a store that is empty; in the caller's
    /// transaction.
    /// </summary>
    /// <returns>The number of this attempt.</returns>
    public static long Begin(SqliteConnection connection)
    {
        var attempt = 1L;
        if (IsOn(connection))
        {
            attempt = connection.Scalar("PRAGMA user_version") + 1;
            if (!CopyNotes.AreThere(connection))
            {
                DropEverything(connection);
                SchemaMigrations.Create(connection);
                CopyNotes.Begin(connection);
            }
        }
        else
        {
            CopyNotes.Begin(connection);
        }

        Set(connection, ApplicationId, attempt);
        return attempt;
    }

    /// <returns>False: another attempt has begun since.</returns>
    public static bool TryEnd(SqliteConnection connection, long attempt)
    {
        if (!IsOn(connection) || connection.Scalar("PRAGMA user_version") != attempt)
        {
            return false;
        }

        CopyNotes.End(connection);
        Set(connection, SchemaMigrations.ApplicationId, SchemaMigrations.Current);
        return true;
    }

    private static void Set(SqliteConnection connection, int application, long version) =>
        connection.Execute($"PRAGMA application_id = {application}; PRAGMA user_version = {version}");

    /// <summary>Virtual tables first: they take the tables along that they are made of.</summary>
    private static void DropEverything(SqliteConnection connection)
    {
        Drop(connection, "sql LIKE 'CREATE VIRTUAL TABLE%'");
        Drop(connection, "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
        connection.Execute("DROP VIEW IF EXISTS wording; DROP VIEW IF EXISTS titling; DROP VIEW IF EXISTS captioning");
    }

    private static void Drop(SqliteConnection connection, string which)
    {
        var names = new List<string>();
        using (var table = connection.Statement($"SELECT name FROM sqlite_master WHERE type = 'table' AND {which}"))
        {
            while (table.Step())
            {
                names.Add(table.GetText(0));
            }
        }

        foreach (var name in names)
        {
            connection.Execute($"DROP TABLE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
    }
}
