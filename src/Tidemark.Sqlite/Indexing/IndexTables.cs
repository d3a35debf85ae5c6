using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// The tables of one generation's index. They hold nothing that cannot be made again from records and embeddings, so each
/// may be dropped at any time; <c>docs/storage-format.md</c> describes them.
/// </summary>
internal sealed class IndexTables(long generation)
{
    /// <summary>
    /// What all generations share: a number that grows with every change of a generation's packs, so that a cache knows
    /// whether it still holds what is committed.
    /// </summary>
    public const string Shared =
        "CREATE TABLE IF NOT EXISTS vector_stamp (generation INTEGER PRIMARY KEY, stamp INTEGER NOT NULL)";

    public long Generation { get; } = generation;

    /// <summary>Who sits in which slot: one row a pack of <see cref="VectorPack.Slots"/> slots.</summary>
    public string Packs { get; } = $"vector_pack_{generation}";

    /// <summary>The int8 codes of a pack's slots, in a table of their own so that they are changed in place.</summary>
    public string Codes { get; } = $"vector_code_{generation}";

    /// <summary>From chunk to slot.</summary>
    public string Slots { get; } = $"vector_slot_{generation}";

    /// <summary>FTS5 over the open chunks.</summary>
    public string Keywords { get; } = $"keyword_{generation}";

    /// <summary>FTS5's own table of row sizes: one row an indexed chunk.</summary>
    public string KeywordSizes { get; } = $"keyword_{generation}_docsize";

    /// <summary>The view that FTS5 reads texts from.</summary>
    public string KeywordContent { get; } = $"keyword_content_{generation}";

    public void CreateVectors(SqliteConnection connection) => connection.Execute(
        $"""
        {Shared};
        CREATE TABLE {Packs} (
          pack INTEGER PRIMARY KEY, live INTEGER NOT NULL, version INTEGER NOT NULL, entries BLOB NOT NULL);
        CREATE TABLE {Codes} (pack INTEGER PRIMARY KEY, codes BLOB NOT NULL);
        CREATE TABLE {Slots} (chunk INTEGER PRIMARY KEY, slot INTEGER NOT NULL);
        """);

    public void CreateKeywords(SqliteConnection connection) => CreateKeywords(
        connection,
        $"""
        SELECT c.key AS key, c.text AS text, {CaptionFunction.Name}(d.id, d.metadata, l.entries, c.key) AS title FROM chunk c
        LEFT JOIN document d ON d.key = c.document
        LEFT JOIN layout l ON l.generation = {Generation} AND l.document = c.document
        WHERE c.generation = {Generation} AND c.to_sequence IS NULL
        """);

    /// <summary>
    /// Of a generation with an external index: the published chunks, which of a document that is behind are those that
    /// were valid at its published sequence, under the title and the headings of then.
    /// </summary>
    public void CreatePublishedKeywords(SqliteConnection connection) => CreateKeywords(
        connection,
        $"""
        SELECT c.key AS key, c.text AS text, CASE WHEN u.sequence IS NULL
            THEN {CaptionFunction.Name}(d.id, d.metadata, l.entries, c.key)
            ELSE {CaptionFunction.Name}(d.id, h.metadata, h.entries, c.key) END AS title
        FROM chunk c
        LEFT JOIN document d ON d.key = c.document
        LEFT JOIN layout l ON l.generation = {Generation} AND l.document = c.document
        LEFT JOIN unpublished u ON u.generation = {Generation} AND u.document = c.document
        LEFT JOIN document_history h ON h.generation = {Generation} AND h.document = c.document AND h.from_sequence = u.sequence
        WHERE c.generation = {Generation} AND CASE WHEN u.sequence IS NULL THEN c.to_sequence IS NULL
          ELSE c.from_sequence <= u.sequence AND coalesce(c.to_sequence > u.sequence, 1) END
        """);

    private void CreateKeywords(SqliteConnection connection, string content) => connection.Execute(
        $"""
        CREATE VIEW {KeywordContent} AS
          {content};
        CREATE VIRTUAL TABLE {Keywords} USING fts5(
          text, title, content='{KeywordContent}', content_rowid='key', tokenize='{TokenizerIn(connection)}');
        INSERT INTO {Keywords} ({Keywords}, rank) VALUES ('hashsize', {KeywordWriter.HashBytes});
        INSERT INTO {Keywords} ({Keywords}, rank) VALUES ('automerge', 0);
        INSERT INTO {Keywords} ({Keywords}, rank) VALUES ('pgsz', {KeywordWriter.PageBytes});
        INSERT INTO {Keywords} ({Keywords}, rank) VALUES ('crisismerge', {KeywordWriter.MostSegments});
        """);

    /// <summary>What reads words as its generation was built, for <c>tokenize</c>.</summary>
    public string TokenizerIn(SqliteConnection connection)
    {
        using var row = connection.Statement("SELECT input FROM generation WHERE id = ?1");
        row.Bind(1, Generation);
        return FullText.TokenizerOf(row.Step() ? Stemmer.Of(PipelineIdentity.StemmingOf(row.GetText(0))) : null);
    }

    public void DropVectors(SqliteConnection connection) => connection.Execute(
        $"""
        DROP TABLE IF EXISTS {Packs};
        DROP TABLE IF EXISTS {Codes};
        DROP TABLE IF EXISTS {Slots};
        """);

    /// <summary>
    /// Also where shadow tables are lost or damaged: FTS5 cannot open such a table, and what it cannot open it cannot drop,
    /// so it is given an empty one first (https://sqlite.org/fts5.html#fts5_data_structures).
    /// </summary>
    public void DropKeywords(SqliteConnection connection)
    {
        if (Exists(connection, Keywords))
        {
            connection.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS {Keywords}_config (k PRIMARY KEY, v) WITHOUT ROWID;
                INSERT OR REPLACE INTO {Keywords}_config VALUES ('version', 4);
                CREATE TABLE IF NOT EXISTS {Keywords}_data (id INTEGER PRIMARY KEY, block BLOB);
                DELETE FROM {Keywords}_data;
                INSERT INTO {Keywords}_data VALUES (1, x''), (10, x'00000000000000');
                CREATE TABLE IF NOT EXISTS {Keywords}_idx (segid, term, pgno, PRIMARY KEY (segid, term)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS {KeywordSizes} (id INTEGER PRIMARY KEY, sz BLOB);
                DROP TABLE {Keywords};
                """);
        }

        connection.Execute($"DROP VIEW IF EXISTS {KeywordContent}");
    }

    public bool HasVectors(SqliteConnection connection) =>
        Exists(connection, "vector_stamp")
        && Exists(connection, Packs)
        && Exists(connection, Codes)
        && Exists(connection, Slots);

    public bool HasKeywords(SqliteConnection connection) =>
        Exists(connection, Keywords) && Exists(connection, KeywordContent);

    /// <summary>Whether what FTS5 keeps them in is all there (https://sqlite.org/fts5.html#fts5_data_structures).</summary>
    public bool HasWords(SqliteConnection connection) =>
        HasKeywords(connection) && Array.TrueForAll(["_data", "_idx", "_docsize", "_config"], part => Exists(connection, Keywords + part));

    /// <summary>How many chunks have words, or stand there without any; counting ends at <paramref name="most"/>.</summary>
    public long CountWords(SqliteConnection connection, long most) =>
        connection.Scalar($"SELECT count(*) FROM (SELECT 1 FROM {KeywordSizes} LIMIT ?1)", most);

    /// <summary>How many chunks have a vector.</summary>
    public long CountVectors(SqliteConnection connection) => connection.Scalar($"SELECT coalesce(sum(live), 0) FROM {Packs}");

    public TidemarkException Damaged(string path, Exception? cause = null) => new(
        ErrorCodes.StoreCorrupt,
        $"the index of generation '{Generation}' in '{path}' is damaged",
        "rebuild it from the records, without embedding anything: VerifyAsync(Repair)",
        cause);

    private static bool Exists(SqliteConnection connection, string name)
    {
        using var find = connection.Statement("SELECT 1 FROM sqlite_master WHERE name = ?1");
        find.BindText(1, name);
        return find.Step();
    }
}
