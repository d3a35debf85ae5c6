using Shouldly;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>A graph is made beside everything that goes on: nobody waits for it, and whoever makes it may be killed.</summary>
public sealed class BesideWritersTests : IAsyncLifetime
{
    private const int Count = 16_000;

    private TopicStore _topics = null!;

    private string Schema => _topics.Store.Schema;

    public async ValueTask InitializeAsync()
    {
        _topics = await TopicStore.OpenAsync(graphFrom: Count);
        await _topics.AddAsync(0, Count - 1);
    }

    public ValueTask DisposeAsync() => _topics.DisposeAsync();

    [Fact]
    public async Task Edits_and_deletions_wait_for_nothing_meanwhile_and_are_seen_at_once()
    {
        using var ended = new CancellationTokenSource();
        var run = _topics.AddAsync(Count - 1, 1);
        var waits = LongestWaitAsync(ended.Token);
        var state = await BuildingAsync(run);

        state.InGraph.ShouldBe(0);
        var edits = 0;
        for (; await IsBuildingAsync(); edits++)
        {
            await _topics.ChangeAsync(edits, remove: edits % 2 == 0);
            var nearest = (await _topics.SearchAsync(TopicStore.VectorOf(edits, 0), MetadataFilter.None, 1)).Single();
            nearest.Score.ShouldBeLessThan(0.9999, "what was there is gone");
        }

        await run;
        await ended.CancelAsync();
        edits.ShouldBeGreaterThan(1);
        (await waits).ShouldBeLessThan(1);
        (await TestServer.CountIndexesAsync(Schema, "hnsw", "vectors")).ShouldBe(1);
        (await _topics.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_made_again()
    {
        var run = _topics.AddAsync(Count - 1, 1);
        await BuildingAsync(run);

        await TestServer.ExecuteAsync($"select pg_terminate_backend(pid) from ({Builders}) b", TestServer.Database);
        await Should.ThrowAsync<TidemarkException>(run);

        (await _topics.CountAsync(Unfinished)).ShouldBe(1);
        (await _topics.SearchAsync(TopicStore.VectorOf(7, 0), MetadataFilter.None, 1)).Single().Chunk.Document.ShouldBe(TopicStore.IdOf(7));
        await _topics.AddAsync(Count, 1);
        (await _topics.CountAsync(Unfinished)).ShouldBe(0);
        (await TestServer.CountIndexesAsync(Schema, "hnsw", "vectors")).ShouldBe(1);
        (await _topics.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_drops_the_namespace_ends_it()
    {
        var run = _topics.AddAsync(Count - 1, 1);
        await BuildingAsync(run);

        await _topics.Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, CancellationToken.None);

        await run;
        (await _topics.Store.Reader.NamespacesAsync(CancellationToken.None)).ShouldBeEmpty();
        (await _topics.CountAsync(Unfinished)).ShouldBe(0);
    }

    private const string Unfinished = "select count(*) from pg_index x join pg_class c on c.oid = x.indexrelid "
        + "where c.relnamespace = 'SCHEMA'::regnamespace and not x.indisvalid";

    private string Builders => $"""
        select p.pid from pg_stat_progress_create_index p join pg_class c on c.oid = p.relid
        where c.relnamespace = '{Schema}'::regnamespace and c.relname like 'vectors%' and p.phase like 'building index%'
        """;

    private Task<bool> IsBuildingAsync() => TestServer.ScalarAsync<bool>(TestServer.Database, $"select exists ({Builders})");

    /// <returns>What the store says of it.</returns>
    private async Task<IndexState> BuildingAsync(Task run)
    {
        while (!await IsBuildingAsync())
        {
            run.IsCompleted.ShouldBeFalse("it was over too soon");
        }

        return (await _topics.Store.Index.StateAsync("default", CancellationToken.None)).ShouldNotBeNull();
    }

    /// <summary>How long one of our statements waited for a lock, in seconds; who makes an index waits for transactions to end, and nobody for him.</summary>
    private async Task<double> LongestWaitAsync(CancellationToken ended)
    {
        var longest = 0.0;
        while (!ended.IsCancellationRequested)
        {
            longest = Math.Max(longest, await TestServer.ScalarAsync<double>(TestServer.Database, $"""
                select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)), 0)::float8
                from pg_locks l join pg_stat_activity a on a.pid = l.pid
                where not l.granted and l.locktype <> 'virtualxid' and a.application_name = '{Schema}'
                """));
        }

        return longest;
    }
}
