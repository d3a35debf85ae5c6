using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>A store of format 8 has words of another analysis; whoever opens it to write finds those of this one.</summary>
public sealed class WordingMigrationTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_store_without_words_of_headings_gets_them()
    {
        await using var made = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(made) { Chunker = new StructuredChunker(800) }.SyncAsync(Upsert("d", "# Moorings\n\nThe bowline holds."));
        await using var connection = await TestServer.ConnectAsync(TestServer.Database);
        await connection.ExecuteAsync(
            $"set search_path = {made.Schema}, public; drop index chunk_by_document; drop index chunk_by_input; drop view captioning; update store set format = 19; update keywords_1 set terms = 'bowline:1', length = 1", None);
        await using var store = await PostgresStore.OpenAsync(made.Url, PostgresStoreOptions.Default, TimeProvider.System, None);

        (await store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
        (await connection.ScalarAsync<bool>("select terms @@ '\u0001moorings'::tsquery from keywords_1", None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_100)]
    public async Task Words_of_a_former_format_are_read_anew_from_the_texts(int documents)
    {
        await using var made = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(made).SyncAsync([.. Enumerable.Range(0, documents).Select(i => Upsert($"d{i}", $"the getUserById of 색인에는 {i}"))]);
        await using var connection = await TestServer.ConnectAsync(TestServer.Database);
        await connection.ExecuteAsync($"set search_path = {made.Schema}, public", None);
        await connection.ExecuteAsync("alter table commit_log drop column total; drop trigger catalog_source_place on source_place; alter table source_place rename column id to source; alter table queue drop column seal; alter table document_history drop column seal; drop table source_count; drop table recount; drop index document_without_text; drop index document_by_time; drop table service_entry; drop table promotion; drop index chunk_by_document; drop index chunk_by_input; drop view captioning; drop view titling; drop view wording; drop index document_expiry; drop table safeguard cascade; drop table secret cascade; drop table golden_query cascade; drop table golden_run; update store set format = 8; update keywords_1 set terms = 'former', length = 1", None);
        var heard = new List<string>();
        await using var store = await PostgresStore.OpenAsync(
            made.Url, new PostgresStoreOptions { Notify = heard.Add }, TimeProvider.System, None);

        (await store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
        var answer = await store.Index.SearchKeywordAsync(new KeywordQuery("default", 1, "user 색인 2", 1, MetadataFilter.None), None);

        answer.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("d2");
        heard.ShouldHaveSingleItem().ShouldContain("nothing is embedded");
        (await connection.ScalarAsync<bool>("select exists (select 1 from pg_indexes where schemaname = current_schema() and indexname like 'keywords_1_p_\\_terms')", None))
            .ShouldBe(documents > 1_000);
    }
}
