using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>A hot standby answers everything that only looks, and says where to write.</summary>
public sealed class StandbyTests(Surroundings around) : IClassFixture<Surroundings>
{
    [Fact]
    public async Task Searching_listing_planning_and_checking_work_on_a_standby_and_writing_names_the_primary()
    {
        await using var primary = await PostgresStore.OpenAsync(
            around.Url, new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, CancellationToken.None);
        await new SyncBench(primary).SyncAsync(Upsert("a", "harbour\n\n"), Upsert("b", "lighthouse\n\n"));
        await around.CatchUpAsync();

        await using var standby = await PostgresStore.OpenAsync(
            around.Standby, new PostgresStoreOptions { ReadOnly = true }, TimeProvider.System, CancellationToken.None);
        var bench = new SyncBench(standby);
        (await bench.ExportAsync()).ShouldContain("[harbour");
        (await standby.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        (await bench.PlanAsync(new ScriptedSource("s", [Upsert("c", "three\n\n")]))).Documents.Added.ShouldBe(1);
        var generation = (await standby.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;
        (await standby.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation, "lighthouse", 3, MetadataFilter.None), CancellationToken.None))
            .Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("b");

        var error = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Upsert("c", "three\n\n")));

        error.Code.ShouldBe(ErrorCodes.StoreReadOnly);
        error.Remedy.ShouldContain("primary");
    }
}
