using System.Text;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Schema;

/// <summary>Brings a database to the format that this program writes, step by step, in one transaction.</summary>
internal static class SchemaMigrations
{
    /// <summary>"Tidm" in ASCII: tells a Tidemark store from every other SQLite database.</summary>
    public const int ApplicationId = 0x5469646D;

    /// <summary>Until then words were read in another way, or there were none of titles or headings.</summary>
    private const int FormatOfWords = 21;

    /// <summary>No release will ever have so many.</summary>
    private const int MostFormats = 10_000_000;

    /// <summary>Step n leads from format n to format n + 1.</summary>
    private static readonly Action<SqliteConnection>[] Steps =
    [
        CreateFormat1,
        connection => connection.Execute(Read("0002-quarantine.sql")),
        connection => connection.Execute(Read("0003-ledger.sql")),
        connection => connection.Execute(Read("0004-queue.sql")),
        connection => connection.Execute(Read("0005-outbox.sql")),
        connection => connection.Execute(Read("0006-seals.sql")),
        connection => connection.Execute(Read("0007-places.sql")),
        connection => connection.Execute(Read("0008-past.sql")),
        connection => connection.Execute(Read("0009-wording.sql")),
        connection => connection.Execute(Read("0010-expiry.sql")),
        connection => connection.Execute(Read("0011-safeguards.sql")),
        connection => connection.Execute(Read("0012-secret.sql")),
        connection => connection.Execute(Read("0013-titles.sql")),
        connection => connection.Execute(Read("0014-golden.sql")),
        connection => connection.Execute(Read("0015-promotions.sql")),
        connection => connection.Execute(Read("0016-service.sql")),
        connection => connection.Execute(Read("0017-counts.sql")),
        connection => connection.Execute(Read("0018-past-seals.sql")),
        connection => connection.Execute(Read("0019-places-and-commits.sql")),
        connection => connection.Execute(Read("0020-captions.sql")),
        ReadWordsAnew,
    ];

    /// <summary>The format that this program reads and writes.</summary>
    public static int Current => Steps.Length;

    /// <summary>What the file is, as far as its header tells: all of it at one moment, since another process may be making it.</summary>
    public static SchemaState Look(SqliteConnection connection)
    {
        using var moment = connection.Begin(write: false);
        var application = connection.Scalar("PRAGMA application_id");
        var version = connection.Scalar("PRAGMA user_version");
        if (application == CopyMark.ApplicationId)
        {
            return SchemaState.Unfinished;
        }

        if (application == ApplicationId)
        {
            return version == Current ? SchemaState.Current
                : version is < 1 or > MostFormats || (version < Current && HasNewest(connection)) ? SchemaState.Misnumbered
                : version > Current ? SchemaState.Newer
                : SchemaState.Older;
        }

        return application == 0 && version == 0 && connection.Scalar("SELECT count(*) FROM sqlite_master") == 0
            ? SchemaState.Empty
            : SchemaState.Foreign;
    }

    /// <summary>A number that is lower than the tables tell would have them made a second time.</summary>
    private static bool HasNewest(SqliteConnection connection) =>
        connection.Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'chunk_by_document'") > 0;

    /// <summary>Runs the steps that are missing. Another process may have run them meanwhile; then nothing happens.</summary>
    /// <param name="notify">Hears of what takes long, before it is done.</param>
    public static void Migrate(SqliteConnection connection, Action<string>? notify = null)
    {
        using var transaction = connection.Begin(write: true);
        var format = connection.Scalar("PRAGMA user_version");
        if (format is > 0 and < FormatOfWords)
        {
            notify?.Invoke(WordAnalysis.RenewalOf(format, FormatOfWords));
        }

        Run(connection, format);
        connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Current}");
        transaction.Commit();
    }

    /// <summary>All tables, in the caller's transaction; the header is the caller's to write.</summary>
    public static void Create(SqliteConnection connection) => Run(connection, from: 0);

    private static void Run(SqliteConnection connection, long from)
    {
        for (var version = from; version < Current; version++)
        {
            Steps[version](connection);
        }
    }

    private static void CreateFormat1(SqliteConnection connection)
    {
        connection.Execute(Read("0001-store.sql"));
        connection.Execute(IndexWriter.Schema);
    }

    /// <summary>Whatever a store of a former format has of words is made anew here, in the last step that changes them.</summary>
    private static void ReadWordsAnew(SqliteConnection connection)
    {
        connection.Execute(Read("0021-words-and-chunks.sql"));
        KeywordRebuild.RunAll(connection);
    }

    private static string Read(string name)
    {
        using var stream = typeof(SchemaMigrations).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The schema file '{name}' is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

internal enum SchemaState
{
    /// <summary>A database without anything in it.</summary>
    Empty,
    Current,
    Older,
    Newer,

    /// <summary>The number of its format is one that there never was, or not that of its tables.</summary>
    Misnumbered,
    Foreign,

    /// <summary>A copy that was begun and not finished.</summary>
    Unfinished,
}
