using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>The number of the format says how to read all that is there: lost, it is named, and what is advised brings the store back.</summary>
public sealed class FormatLossTests
{
    [Theory]
    [InlineData("drop table store")]
    [InlineData("delete from store")]
    [InlineData("update store set format = 0")]
    [InlineData("update store set format = -1")]
    [InlineData("update store set format = 3")]
    public async Task Lost_it_comes_back_by_what_is_advised(string damage)
    {
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(store).SyncAsync(ScriptedSource.Upsert("a", "some words"));
        await TestServer.ExecuteAsync($"set search_path = {store.Schema}; {damage}", TestServer.Database);

        var failure = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(store.Url));

        failure.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        failure.Message.ShouldContain(store.Schema);
        var advice = failure.Remedy!;
        await TestServer.ExecuteAsync(advice[(advice.IndexOf(": ", StringComparison.Ordinal) + 2)..advice.IndexOf("; else", StringComparison.Ordinal)], TestServer.Database);
        await using var again = await OpenAsync(store.Url);
        (await new SyncBench(again).ExportAsync()).ShouldContain("[some words]");
    }

    private static ValueTask<PostgresStore> OpenAsync(string url) =>
        PostgresStore.OpenAsync(url, new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, CancellationToken.None);
}
