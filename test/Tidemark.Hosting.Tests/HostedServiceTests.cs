using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Searching;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Hosting.Tests;

/// <summary>Hosted workers and syncs wait, try again, and end when their host stops.</summary>
public sealed class HostedServiceTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_carries_out_what_is_enqueued_until_the_host_stops()
    {
        await using var host = new TestHost(services => services.AddTidemark(t => t.UseInMemory().UseHashingEmbedder(16)).AddTidemarkWorker());
        await host.StartAsync();

        await host.Index.EnqueueAsync(Changes("a", "b"), cancellationToken: None);
        await TestHost.UntilAsync("both are found", async () => (await HitsAsync(host.Index)).Count == 2);
        await host.StopAsync();

        (await host.Index.Queue.CountAsync(cancellationToken: None)).ShouldBe(QueueCounts.None);
        ((BackgroundService)host.Hosted.ShouldHaveSingleItem()).ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        host.Logs.Lines.ShouldContain(line => line.Event.Name == "run.ended" && line.Category == "Tidemark.Index" && line.Event.Id == 100);
        host.Logs.Has("hosted.ended").ShouldBeTrue();
    }

    [Fact]
    public async Task A_sync_runs_when_the_host_starts_and_at_its_times()
    {
        var source = new GrowingSource();
        await using var host = new TestHost(services => services
            .AddTidemark(t => t.UseInMemory().UseHashingEmbedder(16).AddSource(source))
            .AddTidemarkSync(SyncSchedule.Every(TimeSpan.FromMilliseconds(50))));

        await host.StartAsync();
        await TestHost.UntilAsync("it was listed three times", () => source.Listed >= 3);
        await host.StopAsync();

        var listed = source.Listed;
        (await host.Index.DocumentsAsync(cancellationToken: None).CountAsync(None)).ShouldBe(listed);
        host.Logs.Has("job.ended").ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_is_away_is_waited_for()
    {
        var attempts = 0;
        await using var host = new TestHost(services => services
            .AddTidemark(t => t.UseHashingEmbedder(16).UseStore((context, _) => ++attempts == 1
                ? throw new TidemarkException(ErrorCodes.StoreReadOnly, "the store 'x' may not be written", "make it writable")
                : ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(context.Clock))))
            .AddTidemarkSync(SyncSchedule.Every(TimeSpan.FromHours(1)) with { Options = new() { Sources = [new GrowingSource()] } }));

        await host.StartAsync();
        await TestHost.UntilAsync("the first sync has ended", () => host.Logs.Has("run.ended"));
        await host.StopAsync();

        host.Logs.Lines.ShouldContain(line => line.Event.Name == "hosted.outage" && line.Level == LogLevel.Warning && line.Text.Contains("make it writable"));
    }

    [Fact]
    public async Task What_no_later_attempt_makes_right_ends_the_service_and_so_the_host()
    {
        await using var host = new TestHost(services => services
            .AddTidemark(t => t.UseInMemory().UseHashingEmbedder(16))
            .AddTidemarkSync("every 30s"));

        await host.StartAsync();
        var failure = await Should.ThrowAsync<TidemarkException>(((BackgroundService)host.Hosted[0]).ExecuteTask!);

        failure.Code.ShouldBe(ErrorCodes.Usage, "there is no source to sync");
        host.Logs.Has("hosted.failed").ShouldBeTrue();
    }

    [Fact]
    public async Task Indexes_with_keys_have_workers_of_their_own()
    {
        await using var host = new TestHost(services => services
            .AddTidemark("a", t => t.UseInMemory().UseHashingEmbedder(16).UseNamespace("first"))
            .AddTidemark("b", t => t.UseInMemory().UseHashingEmbedder(16).UseNamespace("second"))
            .AddTidemarkWorker(key: "b"));
        var (first, second) = (host.Services.GetRequiredKeyedService<TidemarkIndex>("a"), host.Services.GetRequiredKeyedService<ITidemarkIndex>("b"));
        await first.EnqueueAsync(Changes("x"), cancellationToken: None);
        await second.EnqueueAsync(Changes("y"), cancellationToken: None);

        await host.StartAsync();
        await TestHost.UntilAsync("the second one's is found", async () => (await HitsAsync(second)).Count == 1);
        await host.StopAsync();

        second.ShouldBeSameAs(host.Services.GetRequiredKeyedService<TidemarkIndex>("b"));
        (await first.Queue.CountAsync(cancellationToken: None)).Pending.ShouldBe(1);
    }

    [Theory]
    [InlineData("*/15 * * * *", "*/15 * * * *")]
    [InlineData("every 90s", "every 90s")]
    public void Schedules_are_written_as_everywhere(string text, string same) => SyncSchedule.Parse(text).When.Text.ShouldBe(same);

    [Theory]
    [InlineData("realtime")]
    [InlineData("sometimes")]
    public void What_is_no_schedule_is_told(string text) =>
        Should.Throw<TidemarkException>(() => new ServiceCollection().AddTidemarkSync(text)).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);

    private static IAsyncEnumerable<DocumentChange> Changes(params string[] ids) =>
        ids.Select(DocumentChange (id) => new DocumentChange.Upsert(new Document { Id = id, Text = $"the text of {id}" })).ToAsyncEnumerable();

    private static async Task<IReadOnlyList<IndexHit>> HitsAsync(ITidemarkIndex index)
    {
        try
        {
            return (await index.SearchAsync("the text", new SearchOptions { Mode = SearchMode.Keyword }, None)).Hits;
        }
        catch (TidemarkException failure) when (failure.Code == ErrorCodes.NamespaceMissing)
        {
            return [];
        }
    }

    /// <summary>One document more each time that it is listed.</summary>
    private sealed class GrowingSource : IDocumentSource
    {
        private int _listed;

        public int Listed => Volatile.Read(ref _listed);

        public string Name => "growing";

        public CleanupMode DefaultCleanup => CleanupMode.None;

        public ListingSize? Size => null;

        public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken)
        {
            var count = Interlocked.Increment(ref _listed);
            return new EnumerableSource(Name, Enumerable.Range(1, count).Select(n => new Document { Id = $"d{n}", Text = $"number {n}" }).ToAsyncEnumerable())
                .ListAsync(cancellationToken);
        }
    }
}
