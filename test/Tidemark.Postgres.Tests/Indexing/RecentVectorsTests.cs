using Shouldly;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>What later runs add stands beside the graph first; it is found all the time, and in the graph when it is much.</summary>
public sealed class RecentVectorsTests : IAsyncLifetime
{
    private const int Count = 3_000;
    private const string Recent = "select count(*) from SCHEMA.vectors_1_recent";
    private const string InGraph = "select count(*) from only SCHEMA.vectors_1";
    private const string Graph = "select 'SCHEMA.vectors_1_graph'::regclass::oid::bigint";

    private const string Graphs = """
        select count(*) from pg_index x join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam
        where c.relnamespace = 'SCHEMA'::regnamespace and a.amname = 'hnsw' and x.indisvalid
        """;

    private TopicStore _topics = null!;

    public async ValueTask InitializeAsync()
    {
        _topics = await TopicStore.OpenAsync(graphFrom: 1_000);
        await _topics.AddAsync(0, Count);
    }

    public ValueTask DisposeAsync() => _topics.DisposeAsync();

    [Fact]
    public async Task A_few_stay_there_and_are_found_changed_and_deleted_as_the_others_are()
    {
        await _topics.AddAsync(Count, 500);

        (await _topics.CountAsync(Recent)).ShouldBe(500);
        await ShouldFindAsync(Count + 7);
        await ShouldFindAsync(7);
        var filter = new MetadataFilter([new MetadataCondition("topic", ["7"])]);
        (await _topics.SearchAsync(TopicStore.VectorOf(Count + 7, 0), filter, 1)).Single().Chunk.Document.ShouldBe(TopicStore.IdOf(Count + 7));

        await _topics.ChangeAsync(Count + 7);
        await _topics.ChangeAsync(Count + 8, remove: true);
        await _topics.ChangeAsync(9, remove: true);

        (await _topics.CountAsync(Recent)).ShouldBe(499);
        (await _topics.CountAsync(InGraph)).ShouldBe(Count - 1);
        var hits = await _topics.SearchAsync(TopicStore.VectorOf(Count + 8, 0), MetadataFilter.None, 20);
        hits.Count.ShouldBe(20);
        hits.ShouldAllBe(hit => hit.Chunk.Document != TopicStore.IdOf(Count + 8));
        await ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Many_are_taken_up_when_the_run_ends_and_are_found_before_that()
    {
        var graph = await _topics.CountAsync(Graph);

        await _topics.AddAsync(Count, 1_400, beforeEnd: async () =>
        {
            (await _topics.CountAsync(Recent)).ShouldBe(1_400);
            await ShouldFindAsync(Count + 1_399);
            await ShouldBeCleanAsync();
        });

        (await _topics.CountAsync(Recent)).ShouldBe(1_000);
        (await _topics.CountAsync(InGraph)).ShouldBe(Count + 400);
        (await _topics.CountAsync(Graph)).ShouldBe(graph, "it was not made anew");
        await ShouldFindAsync(Count + 3);
        await ShouldBeCleanAsync();
    }

    [Fact]
    public async Task More_than_half_as_many_as_the_graph_holds_get_one_of_their_own()
    {
        var graph = await _topics.CountAsync(Graph);

        await _topics.AddAsync(Count, 1_600);

        (await _topics.CountAsync(Graph)).ShouldBe(graph, "it was not made anew");
        (await _topics.CountAsync(Graphs)).ShouldBe(2);
        (await _topics.CountAsync(InGraph)).ShouldBe(Count);
        (await _topics.CountAsync(Recent)).ShouldBe(1_600);
        await ShouldFindAsync(Count + 3);
        await ShouldFindAsync(3);
        await ShouldBeCleanAsync();

        await _topics.AddAsync(Count + 1_600, 100);
        (await _topics.CountAsync("select count(*) from SCHEMA.vectors_1_recent_2")).ShouldBe(100);
        await _topics.ChangeAsync(Count + 3, remove: true);
        await _topics.ChangeAsync(Count + 1_603);
        (await _topics.CountAsync(Recent)).ShouldBe(1_599);
        await ShouldBeCleanAsync();
    }

    [Fact]
    public async Task There_are_no_more_than_a_few_graphs()
    {
        var first = Count;
        foreach (var count in new[] { 1_600, 2_400, 3_600, 5_400 })
        {
            await _topics.AddAsync(first, count);
            first += count;
        }

        (await _topics.CountAsync(Graphs)).ShouldBe(4);
        (await _topics.CountAsync("select count(*) from SCHEMA.vectors_1")).ShouldBe(first);
        foreach (var document in new[] { 3, Count + 3, Count + 1_603, first - 1 })
        {
            await ShouldFindAsync(document);
        }

        await ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_lost_table_of_vectors_is_made_again_with_all_of_them()
    {
        await _topics.AddAsync(Count, 500);
        await TestServer.ExecuteAsync($"delete from {_topics.Store.Schema}.vectors_1_recent where chunk % 2 = 0", TestServer.Database);

        (await _topics.Store.Index.RepairAsync("default", TimeSpan.Zero, CancellationToken.None)).ShouldBe(250);

        (await _topics.CountAsync(InGraph)).ShouldBe(Count + 500);
        (await _topics.CountAsync(Recent)).ShouldBe(0);
        await ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_graph_of_an_older_format_gets_its_place_for_them()
    {
        await TestServer.ExecuteAsync(
            $"""
            set search_path = {_topics.Store.Schema}, public;
            drop table vectors_1_recent;
            alter table commit_log drop column total; drop function catalog_note cascade; drop view catalog_rows; drop table catalog; drop table source_place; alter table queue drop column seal; alter table document_history drop column seal; drop table source_count; drop table recount; drop index document_without_text; drop index document_by_time; drop table service_entry; drop table promotion; drop index chunk_by_document; drop index chunk_by_input; drop view captioning; drop view titling; drop view wording; drop index document_expiry; drop table safeguard; drop table secret; drop table golden_query; drop table golden_run;
            alter table document_history drop column ended; alter table namespace drop column horizon;
            alter table document drop column seal; alter table layout drop column seal;
            alter table embedding drop column seal; alter table chunk drop column seal;
            update store set format = 3
            """,
            TestServer.Database);

        await using (await PostgresStore.OpenAsync(
            _topics.Store.Url, PostgresStoreOptions.Default, TimeProvider.System, CancellationToken.None))
        {
            (await _topics.CountAsync(Recent)).ShouldBe(0);
        }

        await _topics.AddAsync(Count, 10);
        (await _topics.CountAsync(Recent)).ShouldBe(10);
        await ShouldFindAsync(Count + 3);
    }

    private async Task ShouldFindAsync(int document)
    {
        var hit = (await _topics.SearchAsync(TopicStore.VectorOf(document, 0), MetadataFilter.None, 1)).Single();
        hit.Chunk.Document.ShouldBe(TopicStore.IdOf(document));
        hit.Score.ShouldBe(1, 1e-5);
    }

    private async Task ShouldBeCleanAsync() =>
        (await _topics.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
}
