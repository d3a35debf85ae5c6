using Shouldly;
using Tidemark.Embedding;
using Tidemark.Postgres.Feeding;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>
/// The store first, then the slot. The control shows what the other order loses: without it a test that loses nothing would prove nothing.
/// </summary>
public sealed class FeedOrderTests : IAsyncLifetime
{
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _ = TestServer.Url;
        Assert.SkipWhen(
            await TestServer.ScalarAsync<string>("postgres", "show wal_level") != "logical", "the server was not started with wal_level = logical; eng/services does");
        _database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("create table product (id int primary key, name text); insert into product values (0, 'waits')", _database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database.Length > 0)
        {
            await TestServer.ExecuteAsync("select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()", _database);
        }
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 1)]
    public async Task What_could_not_be_taken_comes_again_unless_the_slot_was_told_first(bool confirmsEarly, int found)
    {
        await using var index = TidemarkIndex.Create(t => t
            .UsePostgres($"{TestServer.UrlOf(_database)}?schema=tidemark", new PostgresStoreOptions { CreateIfMissing = true })
            .UseEmbedder(HashingModel.Create(16)));
        var options = new PostgresFeedOptions
        {
            Source = "shop",
            Slot = _database,
            Url = TestServer.UrlOf(_database),
            Tables = [new FeedTable("product", "{id}", "{name}")],
            UntilCaughtUp = true,
            ConfirmsEarly = confirmsEarly,
        };
        await RunAsync(index, options);
        await TestServer.ExecuteAsync("insert into product values (1, 'a'), (2, 'b'), (3, 'c')", _database);

        // The queue takes nothing, as if the process had died between the two.
        var full = options with { Queue = new EnqueueOptions { MostWaiting = 0 } };
        (await Should.ThrowAsync<TidemarkException>(() => RunAsync(index, full))).Code.ShouldBe(ErrorCodes.QueueFull);
        await RunAsync(index, options);

        (await index.Queue.CountAsync(cancellationToken: TestContext.Current.CancellationToken)).Pending.ShouldBe(found);
    }

    private static Task<PostgresFeedReport> RunAsync(TidemarkIndex index, PostgresFeedOptions options) =>
        new PostgresFeed(index, options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
}
