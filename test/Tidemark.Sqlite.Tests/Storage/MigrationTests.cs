using System.IO.Compression;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Schema;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Sqlite.Tests.Storage;

/// <summary>A file that an earlier release wrote: two live documents, one that was edited and one that is gone.</summary>
public sealed class MigrationTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryStore _files = new();

    public MigrationTests()
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Storage", "format-1.db.gz"));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(_files.Path);
        unpacked.CopyTo(file);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_store_of_the_first_format_is_migrated_and_whole()
    {
        await using (var store = await _files.OpenAsync())
        {
            var check = await store.Index.CheckAsync("default", None);
            var runs = await store.Reader.RunsAsync("default", 10, None);
            var origins = await store.Reader.OriginsAsync("default", "docs/a.md", None);

            check.IsClean.ShouldBeTrue();
            (check.Documents, check.Chunks).ShouldBe((2, 2));
            runs.Count.ShouldBe(2);
            (await store.Ledger.RunsAsync([.. runs.Select(run => run.Id)], None)).ShouldBeEmpty();
            origins.Single().Cause.ShouldBe(EmbeddingCause.Unknown);
            origins.Single().EmbeddedAt.ShouldNotBeNull();
        }

        using var connection = SqliteConnection.Open(_files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        connection.Scalar("PRAGMA user_version").ShouldBe(SchemaMigrations.Current);
    }

    [Fact]
    public async Task Its_words_are_read_anew_once_which_is_told_and_embeds_nothing()
    {
        var heard = new List<string>();
        var options = new SqliteStoreOptions { Notify = heard.Add };
        await using (var store = await SqliteStore.OpenAsync(_files.Path, options, TimeProvider.System, None))
        {
            var generation = (await store.Reader.NamespaceAsync("default", None))!.Generation!.Id;
            var chunk = (await store.Reader.ChunksAsync("default", null, withVectors: false, None).ToListAsync(None))[0];
            var word = chunk.Text.Split([' ', '\n', '.', '#'], StringSplitOptions.RemoveEmptyEntries)[0];
            (await store.Index.SearchKeywordAsync(new KeywordQuery("default", generation, word, 10, MetadataFilter.None), None)).Hits.ShouldNotBeEmpty();
        }

        heard.ShouldHaveSingleItem().ShouldContain("nothing is embedded");
        await using var again = await SqliteStore.OpenAsync(_files.Path, options, TimeProvider.System, None);
        heard.Count.ShouldBe(1);
    }

    /// <summary>Format 19 had titles in the index, and not headings, and of an external index neither.</summary>
    [Fact]
    public async Task A_store_without_words_of_headings_gets_them()
    {
        using var files = new TemporaryStore();
        await using (var made = await files.OpenAsync())
        {
            await new SyncBench(made) { Chunker = new StructuredChunker(800) }.SyncAsync(
                ScriptedSource.Upsert("d", "# Moorings\n\nThe bowline holds.", """{"title":"Ropes"}"""));
        }

        using (var connection = SqliteConnection.Open(files.Path, SqliteOpenMode.Write, TimeSpan.Zero))
        {
            new IndexTables(1).DropKeywords(connection);
            connection.Execute(
                """
                CREATE VIEW keyword_content_1 AS
                  SELECT c.key AS key, c.text AS text, tidemark_title(d.id, d.metadata) AS title FROM chunk c
                  LEFT JOIN document d ON d.key = c.document WHERE c.generation = 1 AND c.to_sequence IS NULL;
                CREATE VIRTUAL TABLE keyword_1 USING fts5(
                  text, title, content='keyword_content_1', content_rowid='key', tokenize='tidemark_words_1');
                INSERT INTO keyword_1 (keyword_1) VALUES ('rebuild');
                DROP VIEW captioning;
                DROP INDEX chunk_by_document;
                DROP INDEX chunk_by_input;
                PRAGMA user_version = 19;
                """);
        }

        await using (var store = await files.OpenAsync())
        {
            (await store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
        }

        using var read = SqliteConnection.Open(files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        read.Scalar("PRAGMA user_version").ShouldBe(SchemaMigrations.Current);
        read.Scalar("SELECT count(*) FROM keyword_1 WHERE keyword_1 MATCH 'title : moorings AND title : ropes'").ShouldBe(1);
    }

    /// <summary>Format 20 cut the plural of capitals before its last capital.</summary>
    [Fact]
    public async Task A_store_with_words_of_the_first_version_gets_those_of_this_one()
    {
        using var files = new TemporaryStore();
        await using (var made = await files.OpenAsync())
        {
            await new SyncBench(made).SyncAsync(ScriptedSource.Upsert("d", "HTTPs is spoken here."));
        }

        using (var connection = SqliteConnection.Open(files.Path, SqliteOpenMode.Write, TimeSpan.Zero))
        {
            connection.Execute(
                """
                DROP TABLE keyword_1;
                CREATE VIRTUAL TABLE keyword_1 USING fts5(
                  text, title, content='keyword_content_1', content_rowid='key', tokenize='tidemark_words_1');
                INSERT INTO keyword_1 (rowid, text, title) VALUES (1, 'https htt ps is spoken here', 'd');
                DROP INDEX chunk_by_document;
                DROP INDEX chunk_by_input;
                DROP VIEW wording;
                CREATE VIEW wording AS SELECT 'words' AS name, 1 AS version;
                PRAGMA user_version = 20;
                """);
        }

        await using (var store = await files.OpenAsync())
        {
            (await store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
            var found = await store.Index.SearchKeywordAsync(new KeywordQuery("default", 1, "HTTP", 10, MetadataFilter.None), None);
            found.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("d");
        }

        using var read = SqliteConnection.Open(files.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        read.Scalar("PRAGMA user_version").ShouldBe(SchemaMigrations.Current);
        read.Scalar("SELECT version FROM wording").ShouldBe(WordAnalysis.Version);
    }

    [Fact]
    public async Task Its_sources_know_what_embedding_them_would_take()
    {
        await using var store = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(store);

        (run.Source.LiveDocuments, run.Source.Chunks).ShouldBe((2, 2));
        run.Source.Tokens.ShouldBe(3 + 6, "11 and 22 bytes, a quarter of each, rounded up");
    }
}
