using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Hosting;

/// <summary>An index behaves as a .NET team expects of a library.</summary>
public sealed class ConventionTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_generator_of_the_container_embeds()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton(HashingModel.Create(16).Generator)
            .AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>("other", HashingModel.Create(32).Generator)
            .AddTidemark(t => t.UseInMemory().UseEmbedder("mine:16", 16))
            .AddTidemark("other", t => t.UseInMemory().UseEmbedder("theirs:32", 32, serviceKey: "other"))
            .BuildServiceProvider();

        foreach (var index in (ITidemarkIndex[])[provider.GetRequiredService<ITidemarkIndex>(), provider.GetRequiredKeyedService<ITidemarkIndex>("other")])
        {
            (await index.PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: None)).Embedding.Inputs.ShouldBe(1);
            (await index.SearchAsync("a text", cancellationToken: None)).Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("a");
        }
    }

    [Fact]
    public async Task A_container_without_a_generator_says_so()
    {
        await using var provider = new ServiceCollection().AddTidemark(t => t.UseInMemory().UseEmbedder("mine:16", 16)).BuildServiceProvider();

        var failure = await Should.ThrowAsync<TidemarkException>(
            () => provider.GetRequiredService<TidemarkIndex>().PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: None));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
    }

    [Fact]
    public async Task Two_calls_at_once_wait_for_each_other()
    {
        await using var index = TidemarkIndex.Create(t => t.UseInMemory().UseHashingEmbedder(16));
        var (isInside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());

        var first = index.SyncAsync(Slowly(), new SyncOptions { Cleanup = CleanupMode.Full }, None);
        await isInside.Task.WaitAsync(None);
        var second = index.SyncAsync(Quickly(), new SyncOptions { Cleanup = CleanupMode.Full, SourceName = "other" }, None);
        second.IsCompleted.ShouldBeFalse();
        goOn.SetResult();

        (await first).Documents.Added.ShouldBe(1);
        (await second).Documents.Added.ShouldBe(1);

        async IAsyncEnumerable<Document> Slowly()
        {
            isInside.SetResult();
            await goOn.Task;
            yield return new Document { Id = "a", Text = "slowly" };
        }

        static async IAsyncEnumerable<Document> Quickly()
        {
            await Task.CompletedTask;
            yield return new Document { Id = "b", Text = "quickly" };
        }
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_says_so()
    {
        await using var index = TidemarkIndex.Create(t => t.UseInMemory().UseHashingEmbedder(16).UseWait(TimeSpan.Zero));
        var (isInside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = index.SyncAsync(Slowly(), new SyncOptions { Cleanup = CleanupMode.Full }, None);
        await isInside.Task.WaitAsync(None);

        var failure = await Should.ThrowAsync<TidemarkException>(() => index.SyncAsync(Slowly(), new SyncOptions { Cleanup = CleanupMode.Full }, None));
        goOn.SetResult();
        await first;

        failure.Code.ShouldBe(ErrorCodes.RunLocked);

        async IAsyncEnumerable<Document> Slowly()
        {
            isInside.TrySetResult();
            await goOn.Task;
            yield return new Document { Id = "a", Text = "slowly" };
        }
    }

    [Fact]
    public async Task Cancelled_before_it_began_a_call_throws_and_cancelled_under_way_a_run_returns_its_report()
    {
        await using var index = TidemarkIndex.Create(t => t.UseInMemory().UseHashingEmbedder(16));
        await index.PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: None);
        using var before = new CancellationTokenSource();
        await before.CancelAsync();
        using var under = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => index.SearchAsync("a text", cancellationToken: before.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => index.VerifyAsync(cancellationToken: before.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => index.StatusAsync(cancellationToken: before.Token));
        var report = await index.SyncAsync(Stopping(), cancellationToken: under.Token);

        report.Outcome.ShouldBe(RunOutcome.Cancelled);

        async IAsyncEnumerable<Document> Stopping()
        {
            await under.CancelAsync();
            yield return new Document { Id = "b", Text = "b text" };
        }
    }

    [Fact]
    public async Task The_observer_of_a_call_hears_warnings_beside_that_of_the_index()
    {
        var (ofIndex, ofCall) = (new Hearing(), new Hearing());
        await using var index = TidemarkIndex.Create(t => t.UseInMemory().UseHashingEmbedder(16).UseObserver(ofIndex));
        var ahead = new Document { Id = "a", Text = "a text", Version = new DocumentVersion(null, DateTimeOffset.UtcNow.AddYears(1)) };

        await index.SyncAsync(new[] { ahead }.ToAsyncEnumerable(), new SyncOptions { Observer = ofCall }, None);

        ofIndex.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.VersionAhead);
        ofCall.Warnings.ShouldBe(ofIndex.Warnings);
    }

    private sealed class Hearing : ISyncObserver
    {
        public List<ItemWarning> Warnings { get; } = [];

        public void OnWarning(ItemWarning warning) => Warnings.Add(warning);
    }
}
