using Shouldly;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>What a run makes before its report: told, counted in its time, and made by the next run where it was cancelled.</summary>
public sealed class IndexBuildingTests : IAsyncLifetime
{
    private const int Count = 1_200;

    private string _schema = "";

    public async ValueTask InitializeAsync() => _schema = await TestServer.NewSchemaAsync();

    public async ValueTask DisposeAsync() => await TestServer.ExecuteAsync($"drop schema {_schema} cascade", TestServer.Database);

    [Fact]
    public async Task A_run_that_is_cancelled_there_has_written_everything_and_the_next_one_makes_the_indexes()
    {
        using var stop = new CancellationTokenSource();
        var phases = new Phases(onIndexing: stop.Cancel);

        var cancelled = await SyncAsync(phases, stop.Token);

        cancelled.Outcome.ShouldBe(RunOutcome.Cancelled);
        cancelled.Documents.Added.ShouldBe(Count);
        (await IndexesAsync()).ShouldBe(0);

        phases = new Phases();
        var next = await SyncAsync(phases, CancellationToken.None);

        next.Outcome.ShouldBe(RunOutcome.Succeeded);
        next.Documents.Skipped.ShouldBe(Count);
        phases.Indexing.ShouldBe(1);
        (await IndexesAsync()).ShouldBe(2);

        await SyncAsync(phases, CancellationToken.None);
        phases.Indexing.ShouldBe(1);
    }

    [Fact]
    public async Task A_generation_of_an_earlier_version_with_one_table_of_words_gets_its_one_index()
    {
        await SyncAsync(new Phases(), CancellationToken.None);
        await TestServer.ExecuteAsync(
            $"""
            set search_path = {_schema}, public;
            create table plain (chunk bigint primary key, document bigint not null, length integer not null, terms tsvector not null);
            insert into plain select * from keywords_1;
            drop table keywords_1;
            alter table plain rename to keywords_1
            """,
            TestServer.Database);

        var phases = new Phases();
        await SyncAsync(phases, CancellationToken.None);

        phases.Indexing.ShouldBe(1);
        (await IndexesAsync()).ShouldBe(1);
        await using var index = Open();
        (await index.SearchAsync("harbour 77", cancellationToken: TestContext.Current.CancellationToken))
            .Hits[0].Chunk.Document.ShouldBe("d77");
    }

    private async Task<SyncReport> SyncAsync(Phases phases, CancellationToken cancellationToken)
    {
        await using var index = Open();
        return await index.SyncAsync(Documents(), new SyncOptions { Progress = phases }, cancellationToken);
    }

    private TidemarkIndex Open() => TidemarkIndex.Create(t => t
        .UsePostgres(TestServer.UrlOfSchema(_schema), new PostgresStoreOptions { CreateIfMissing = true })
        .UseEmbedder(HashingModel.Create(16)));

    private Task<long> IndexesAsync() => TestServer.CountIndexesAsync(_schema, "gin", "keywords");

    private static async IAsyncEnumerable<Tidemark.Documents.Document> Documents()
    {
        for (var i = 0; i < Count; i++)
        {
            await Task.Yield();
            yield return new Tidemark.Documents.Document { Id = $"d{i}", Text = $"harbour {i}" };
        }
    }

    private sealed class Phases(Action? onIndexing = null) : IProgress<SyncProgress>
    {
        public int Indexing { get; private set; }

        public void Report(SyncProgress value)
        {
            if (value.Phase == SyncPhase.Indexing)
            {
                Indexing++;
                onIndexing?.Invoke();
            }
        }
    }
}
