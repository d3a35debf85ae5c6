using Tidemark.Conformance.Sources;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Postgres.Feeding;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>A table that is followed, with the index in the same database.</summary>
internal sealed class FeedWorld : ChangeWorld
{
    private readonly string _database;
    private readonly PostgresFeedOptions _options;
    private long _held;

    private FeedWorld(string database, CountingGenerator model)
    {
        _database = database;
        Index = TidemarkIndex.Create(index => index
            .UsePostgres($"{TestServer.UrlOf(database)}?schema=tidemark", new PostgresStoreOptions { CreateIfMissing = true })
            .UseEmbedder(new EmbeddingModel { Space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions), Generator = model }));
        _options = new PostgresFeedOptions
        {
            Source = "shop",
            Slot = database,
            Url = TestServer.UrlOf(database),
            Tables = [new FeedTable("notes", "notes/{id}", "{body}")],
            UntilCaughtUp = true,
            BatchSize = 50,
            StepBlocks = 1,
        };
    }

    public override TidemarkIndex Index { get; }

    public static async Task<FeedWorld> MakeAsync(CountingGenerator model)
    {
        var database = await TestServer.CreateDatabaseAsync();
        await TestServer.ExecuteAsync("create table notes (id text primary key, body text)", database);
        return new FeedWorld(database, model);
    }

    public override string DocumentOf(string id) => $"notes/{id}";

    public override Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents) => documents.Count == 0 ? Task.CompletedTask : ExecuteAsync(
        $"insert into notes values {string.Join(", ", documents.Select(one => $"('{one.Id}', '{one.Text}')"))} on conflict (id) do update set body = excluded.body");

    public override Task RemoveAsync(params IReadOnlyList<string> ids) =>
        ids.Count == 0 ? Task.CompletedTask : ExecuteAsync($"delete from notes where id in ({string.Join(", ", ids.Select(id => $"'{id}'"))})");

    public override Task<bool> SpoilAsync(string id) => Task.FromResult(false);

    public override Task BringAsync() => RunAsync(_options);

    /// <summary>The queue takes nothing more, as if the process had died there.</summary>
    public override async Task BreakAsync(int changes)
    {
        try
        {
            await RunAsync(_options with { Queue = new EnqueueOptions { MostWaiting = changes } });
        }
        catch (TidemarkException full) when (full.Code == ErrorCodes.QueueFull)
        {
        }
    }

    /// <summary>Every row is read again, and written once more as it is.</summary>
    public override async Task RepeatAsync()
    {
        await ExecuteAsync("update notes set body = body");
        await RunAsync(_options with { Repair = true });
    }

    public override async Task<bool> EmptyAsync()
    {
        await ExecuteAsync("truncate notes");
        return true;
    }

    public override Task<long> HeldAsync() => Task.FromResult(_held);

    public override Task AllowAsync() => RunAsync(_options with { Repair = true, Guard = DeletionGuard.Off });

    public override async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        await ExecuteAsync("select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()");
    }

    private async Task RunAsync(PostgresFeedOptions options) =>
        _held = (await new PostgresFeed(Index, options, TimeProvider.System).RunAsync(Xunit.TestContext.Current.CancellationToken)).Held;

    private Task ExecuteAsync(string sql) => TestServer.ExecuteAsync(sql, _database);
}
