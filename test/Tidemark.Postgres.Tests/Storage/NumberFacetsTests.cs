using Npgsql;
using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>A store of an older format finds numbers by their value after it was brought up.</summary>
public sealed class NumberFacetsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private SelfRemovingStore _store = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        _connection = await TestServer.ConnectAsync(TestServer.Database);
        await _connection.ExecuteAsync($"set search_path = {_store.Schema}, public", None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Facets_of_a_former_format_are_made_anew()
    {
        await new SyncBench(_store).SyncAsync(
            Upsert("a", "word", """{"n":1.10,"s":"x"}"""), Upsert("b", "word", """{"n":2}"""), Upsert("c", "word"));
        var right = await FacetsAsync();
        await _connection.ExecuteAsync("update document set facets = array[1, 2]::bigint[] where facets is not null", None);
        (await FindAsync("n=1.1")).ShouldBeEmpty();

        await NumberFacets.RunAsync(_connection, None);

        (await FacetsAsync()).ShouldBe(right);
        (await FindAsync("n=1.1")).ShouldBe("a");
        (await FindAsync("n=2.0,1.1e0")).ShouldBe("ab");
    }

    private async Task<string> FindAsync(string condition)
    {
        var generation = (await _store.Reader.NamespaceAsync("default", None))!.Generation!.Id;
        var answer = await _store.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation, "word", 10, MetadataFilter.Parse(condition)), None);
        return string.Concat(answer.Hits.Select(hit => hit.Chunk.Document));
    }

    private Task<List<string>> FacetsAsync() =>
        _connection.ListAsync("select id || coalesce(facets::text, '') from document order by id", row => row.GetString(0), None);
}
