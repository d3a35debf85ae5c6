using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>A graph of which much is dead is told, and made anew beside everything else; what was left by who was killed at it goes.</summary>
public sealed class ReindexTests : IAsyncLifetime
{
    private const int Count = 3_000;

    private const string Unfinished = "select count(*) from pg_index x join pg_class c on c.oid = x.indexrelid "
        + "where c.relnamespace = 'SCHEMA'::regnamespace and not x.indisvalid";

    private static readonly CancellationToken None = CancellationToken.None;

    private TopicStore _topics = null!;

    public async ValueTask InitializeAsync()
    {
        _topics = await TopicStore.OpenAsync(graphFrom: Count);
        await _topics.AddAsync(0, Count);
    }

    public ValueTask DisposeAsync() => _topics.DisposeAsync();

    [Fact]
    public async Task What_is_dead_of_a_graph_is_told_and_made_anew()
    {
        (await DeadAsync()).ShouldBeLessThan(0.2);
        await WearAsync();

        (await _topics.Store.Maintenance.ReindexAsync(0.2, TimeSpan.Zero, None)).ShouldBeGreaterThan(0);

        (await DeadAsync()).ShouldBe(0, 0.2);
        (await TestServer.CountIndexesAsync(_topics.Store.Schema, "hnsw", "vectors")).ShouldBe(1);
        (await _topics.SearchAsync(TopicStore.VectorOf(Count - 1, 0), MetadataFilter.None, 1)).Single().Chunk.Document.ShouldBe(TopicStore.IdOf(Count - 1));
        (await _topics.Store.Maintenance.ReindexAsync(0.2, TimeSpan.Zero, None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_does_it_by_itself_and_clears_away_what_another_one_left()
    {
        await WearAsync();
        var schema = _topics.Store.Schema;
        await Should.ThrowAsync<Npgsql.PostgresException>(TestServer.ExecuteAsync(
            $"create unique index concurrently vectors_1_graph_ccnew on {schema}.vectors_1 ((1))", TestServer.Database));
        (await _topics.CountAsync(Unfinished)).ShouldBe(1, "as a 'reindex' leaves it that was killed");

        await _topics.Store.Index.TendAsync("default", None);

        (await _topics.CountAsync(Unfinished)).ShouldBe(0);
        (await DeadAsync()).ShouldBe(0, 0.2);
        (await _topics.Store.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
    }

    /// <summary>Two thirds of the documents go, and the server takes them out of the index; its room stays.</summary>
    private async Task WearAsync()
    {
        await _topics.RemoveAsync(0, 2 * Count / 3);
        await _topics.Store.Maintenance.CompactAsync(TimeSpan.Zero, None);
        while (await DeadAsync() < 0.5)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), None); // its statistics come a moment later
        }
    }

    private async Task<double> DeadAsync() => (await _topics.Store.Index.StateAsync("default", None)).ShouldNotBeNull().Dead;
}
