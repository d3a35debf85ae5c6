using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Sources;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Tests.Sources;
using Xunit;

namespace Tidemark.Tests.Hosting;

/// <summary>The library as a program uses it.</summary>
public sealed class TidemarkIndexTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new();
    private readonly CountingGenerator _generator = new();
    private readonly TidemarkIndex _index;

    public TidemarkIndexTests() => _index = Create();

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_of_a_program_are_synced_planned_searched_and_verified()
    {
        var plan = await _index.PlanAsync(Documents("one", "two"), cancellationToken: Token);
        var sync = await _index.SyncAsync(Documents("one", "two"), cancellationToken: Token);
        var found = await _index.SearchAsync("two", new SearchOptions { Limit = 1, Mode = SearchMode.Keyword }, Token);
        var verified = await _index.VerifyAsync(cancellationToken: Token);

        plan.Changes.ShouldNotBeNull().Count.ShouldBe(2);
        sync.Documents.Added.ShouldBe(2);
        found.Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("two");
        verified.InSync.ShouldBeTrue();
        verified.Documents.ShouldBe(2);
        _generator.Asked.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_document_is_put_and_deleted_if_it_is_as_expected()
    {
        var document = new Document { Id = "a", Text = "one", Version = new DocumentVersion(1, null) };
        await _index.PutAsync(document, new WriteOptions { Expected = DocumentExpectation.IsAbsent }, Token);

        var conflict = await Should.ThrowAsync<ConflictException>(() => _index.PutAsync(
            document with { Text = "two" }, new WriteOptions { Expected = DocumentExpectation.HasVersion(7) }, Token));
        var deleted = await _index.DeleteAsync("a", new WriteOptions { Expected = DocumentExpectation.HasVersion(1) }, Token);

        (conflict.ExpectedVersion.Number, conflict.ActualVersion.Number).ShouldBe((7, 1));
        deleted.Documents.Deleted.ShouldBe(1);
        (await _store.Reader.RunsAsync("default", 1, Token))[0].Command.ShouldBe("delete");
    }

    [Fact]
    public async Task Changes_are_enqueued_and_a_worker_carries_them_out()
    {
        var enqueued = await _index.EnqueueAsync(Changes(), new EnqueueOptions { SourceName = "feed" }, Token);

        var worked = await _index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true }, Token);

        (enqueued.Changes.Added, enqueued.Queue.Pending, enqueued.Failed).ShouldBe((2, 2, 0));
        (worked.Changes.Done, worked.Queue.Pending, worked.Total.Documents.Added).ShouldBe((2, 0, 1));
        _generator.Asked.ShouldBe(["one"]);

        static async IAsyncEnumerable<DocumentChange> Changes()
        {
            await Task.Yield();
            yield return new DocumentChange.Upsert(new Document { Id = "a", Text = "one" });
            yield return new DocumentChange.Delete("b", "b", DocumentVersion.None, ChangeToken.None);
        }
    }

    [Fact]
    public async Task A_plan_asks_the_model_nothing_and_writes_nothing()
    {
        await _index.PlanAsync(Documents("one"), cancellationToken: Token);

        _generator.Asked.ShouldBeEmpty();
        (await _store.Reader.NamespacesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_first_sync_that_failed_the_space_that_it_named_is_told_to_who_names_none()
    {
        _generator.Lives = 0;
        await Should.ThrowAsync<InvalidOperationException>(_index.SyncAsync(Documents("one"), cancellationToken: Token));
        _generator.Lives = int.MaxValue;
        var told = new List<(string? Built, string? Begun)>();
        await using var follower = Create(t => t.UseEmbedder(
            (opening, _) =>
            {
                told.Add((opening.Built?.Space, opening.Begun));
                var space = new EmbeddingSpace(opening.Built?.Space ?? opening.Begun ?? "another:32", CountingGenerator.Dimensions);
                return ValueTask.FromResult(new EmbeddingModel { Space = space, Generator = _generator });
            },
            follows: true));

        var synced = await follower.SyncAsync(Documents("one"), cancellationToken: Token);
        await follower.SyncAsync(Documents("one"), cancellationToken: Token);

        (synced.Embedding.Space, synced.Documents.Added).ShouldBe(("counting:32", 1));
        told.ShouldBe([(null, "counting:32"), ("counting:32", null)]);
    }

    [Fact]
    public async Task The_options_reach_the_engine()
    {
        var options = new SyncOptions { SourceName = "catalogue", Namespace = "shop", Cleanup = CleanupMode.Full, Guard = DeletionGuard.Off };
        await _index.SyncAsync(Documents("one", "two"), options, Token);

        var report = await _index.SyncAsync(Documents("one"), options, Token);

        (report.Namespace, report.Cleanup, report.Documents.Deleted).ShouldBe(("shop", "full", 1));
        var runs = await _store.Reader.RunsAsync("shop", 1, Token);
        runs[0].Sources.ShouldBe(["catalogue"]);
        (await _index.SyncAsync(Documents("one"), options with { Force = true }, Token)).Documents.Updated.ShouldBe(1);
        var budget = options with { Spending = new SpendingLimits(0.01m, null) };
        (await Should.ThrowAsync<TidemarkException>(_index.SyncAsync(Documents("new"), budget, Token)))
            .Code.ShouldBe(ErrorCodes.BudgetUnpriced);
    }

    [Fact]
    public async Task Sources_that_were_added_are_synced_by_calls_that_name_none_and_verified()
    {
        await using var index = Create(t => t
            .AddSource(new ScriptedSource("a", [ScriptedSource.Upsert("a/1", "first")]))
            .AddSource(_ => new ScriptedSource("b", [ScriptedSource.Upsert("b/1", "second")])));

        (await index.SyncAsync(cancellationToken: Token)).Documents.Added.ShouldBe(2);
        (await index.PlanAsync(cancellationToken: Token)).Changes.ShouldBeEmpty();
        var verified = await index.VerifyAsync(cancellationToken: Token);
        (verified.InSync, verified.Source.Missing).ShouldBe((true, 0));
    }

    [Fact]
    public async Task Without_sources_a_call_that_names_none_says_what_to_do()
    {
        var failure = await Should.ThrowAsync<TidemarkException>(_index.SyncAsync(cancellationToken: Token));

        (failure.Code, failure.Remedy.Contains("AddSource", StringComparison.Ordinal)).ShouldBe((ErrorCodes.Usage, true));
    }

    [Fact]
    public async Task Observers_hear_of_what_is_committed_and_of_what_failed()
    {
        var everywhere = new Hearing();
        var here = new Hearing();
        await using var index = Create(t => t.UseObserver(everywhere).UseGuard(DeletionGuard.Off));
        var options = new SyncOptions { Observer = here, Cleanup = CleanupMode.Full };
        await index.PlanAsync(Documents("planned"), options, Token);
        here.Heard.ShouldBeEmpty();

        await index.SyncAsync(Documents("one", "two", "three", ""), options, Token);
        await index.SyncAsync(
            Of(
                new Document { Id = "one", Text = "other" },
                new Document { Id = "two", Text = "two", Metadata = DocumentMetadata.Of(("k", 1)) }),
            options,
            Token);

        here.Heard.ShouldBe(
        [
            "document 4: source.unidentified", "Added one", "Added two", "Added three", "Partial",
            "Edited one", "Metadata two", "Deleted three", "Succeeded",
        ]);
        everywhere.Heard.ShouldBe(here.Heard);
    }

    [Fact]
    public async Task Progress_is_reported()
    {
        var reported = new List<SyncProgress>();

        await _index.SyncAsync(Documents("one"), new SyncOptions { Progress = new Collecting(reported) }, Token);

        reported.ShouldContain(p => p.Source == "documents" && p.Listed == 1);
    }

    [Fact]
    public async Task Progress_is_reported_while_the_first_batch_waits_for_its_vectors()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isWaiting = false;
        _generator.Before = _ =>
        {
            Volatile.Write(ref isWaiting, true);
            return heard.Task;
        };
        var receiver = new Receiver(() =>
        {
            if (Volatile.Read(ref isWaiting))
            {
                heard.TrySetResult();
            }
        });

        var report = await _index.SyncAsync(Documents("one"), new SyncOptions { Progress = receiver }, Token);

        report.Documents.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_chunker_of_ones_own_cuts_and_another_one_is_refused_until_the_index_is_rebuilt()
    {
        await using var index = Create(t => t.UseChunker(new ParagraphChunker("1")));
        await using var other = Create(t => t.UseChunker(new ChunkerOptions { Kind = ChunkerKind.None }));
        (await index.SyncAsync(Documents("one\n\ntwo"), cancellationToken: Token)).Chunks.Added.ShouldBe(2);

        var refused = await Should.ThrowAsync<TidemarkException>(other.SyncAsync(Documents("one\n\ntwo"), cancellationToken: Token));
        var rebuilt = await other.SyncAsync(Documents("one\n\ntwo"), new SyncOptions { Rebuild = true }, Token);

        refused.Code.ShouldBe(ErrorCodes.PipelineChanged);
        rebuilt.Chunks.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_run_returns_its_report()
    {
        using var cancelled = new CancellationTokenSource();
        var observer = new Hearing { OnFirst = cancelled.Cancel };

        var report = await _index.SyncAsync(
            Documents([.. Enumerable.Range(0, 3_000).Select(i => $"{i}")]),
            new SyncOptions { BatchSize = 10, Observer = observer },
            cancelled.Token);

        report.Outcome.ShouldBe(RunOutcome.Cancelled);
        report.Documents.Added.ShouldBeInRange(1, 2_999);
    }

    [Fact]
    public async Task An_append_only_index_refuses_tombstones()
    {
        await using var index = Create(t => t.AppendOnly().UseNamespace("audit"));
        await index.SyncAsync(Documents("one"), cancellationToken: Token);

        var report = await index.SyncAsync(Deleted("one"), cancellationToken: Token);

        report.Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.NamespaceAppendOnly);
        report.Namespace.ShouldBe("audit");
    }

    [Fact]
    public async Task Of_several_namespaces_those_that_are_append_only_refuse_tombstones()
    {
        await using var index = Create(t => t.AppendOnly("AUDIT"));
        foreach (var (name, failed) in new[] { ("audit", 1L), ("notes", 0L) })
        {
            var options = new SyncOptions { Namespace = name };
            await index.SyncAsync(Documents("one"), options, Token);

            (await index.SyncAsync(Deleted("one"), options, Token)).Documents.Failed.ShouldBe(failed, name);
        }

        (await Should.ThrowAsync<TidemarkException>(index.ExpireAsync(new LifecycleOptions { Namespace = "audit" }, Token)))
            .Code.ShouldBe(ErrorCodes.NamespaceAppendOnly);
    }

    [Fact]
    public async Task The_store_is_opened_once_and_closed_only_if_the_index_opened_it()
    {
        var own = new ClosingStore();
        var opened = new List<ClosingStore>();
        var index = TidemarkIndex.Create(t => t.UseHashingEmbedder(16).UseStore((_, _) =>
        {
            opened.Add(new ClosingStore());
            return ValueTask.FromResult<ITidemarkStore>(opened[^1]);
        }));
        opened.ShouldBeEmpty();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => index.OpenStoreAsync(Token).AsTask()));

        await index.DisposeAsync();
        await index.DisposeAsync();
        await using (var other = TidemarkIndex.Create(t => t.UseHashingEmbedder(16).UseStore(own)))
        {
            await other.OpenStoreAsync(Token);
        }

        opened.ShouldHaveSingleItem().Closed.ShouldBe(1);
        own.Closed.ShouldBe(0);
        await Should.ThrowAsync<ObjectDisposedException>(index.SearchAsync("x", cancellationToken: Token));
    }

    [Fact]
    public async Task What_failed_to_open_is_tried_again()
    {
        var attempts = 0;
        await using var index = TidemarkIndex.Create(t => t.UseHashingEmbedder(16).UseStore((_, _) =>
            ++attempts == 1
                ? throw new TidemarkException(ErrorCodes.StoreBusy, "busy", "wait")
                : ValueTask.FromResult<ITidemarkStore>(new InMemoryStore())));

        (await Should.ThrowAsync<TidemarkException>(index.OpenStoreAsync(Token).AsTask())).Code.ShouldBe(ErrorCodes.StoreBusy);
        (await index.OpenStoreAsync(Token)).ShouldNotBeNull();
    }

    private TidemarkIndex Create(Func<TidemarkBuilder, TidemarkBuilder>? with = null) => TidemarkIndex.Create(t =>
    {
        t.UseStore(_store).UseEmbedder(_generator, "counting:32", CountingGenerator.Dimensions);
        with?.Invoke(t);
    });

    private static IAsyncEnumerable<Document> Documents(params string[] ids) =>
        Of([.. ids.Select(id => new Document { Id = id, Text = id })]);

    private static IAsyncEnumerable<Document> Of(params Document[] documents) => documents.ToAsyncEnumerable();

    private static IAsyncEnumerable<DocumentChange> Deleted(string id) =>
        new[] { ScriptedSource.Delete(id) }.ToAsyncEnumerable();

    private sealed class ClosingStore : ITidemarkStore
    {
        private readonly InMemoryStore _inner = new();

        public int Closed { get; private set; }

        public IRecordStore Records => _inner.Records;

        public IRecordReader Reader => _inner.Reader;

        public IPastReader Past => _inner.Past;

        public ISafeguards Safeguards => _inner.Safeguards;

        public IGoldenQueries Golden => _inner.Golden;

        public IServiceEntries ServiceEntries => _inner.ServiceEntries;

        public IErasure Erasure => _inner.Erasure;

        public IEmbeddingStore Embeddings => _inner.Embeddings;

        public ICostLedger Ledger => _inner.Ledger;

        public IQuarantine Quarantine => _inner.Quarantine;

        public IVectorIndex Index => _inner.Index;

        public IOutbox Outbox => _inner.Outbox;

        public IRecordCare Care => _inner.Care;

        public IStoreMaintenance Maintenance => _inner.Maintenance;

        public Tidemark.Queueing.IChangeQueue Queue => _inner.Queue;

        public Tidemark.Queueing.IQueuedChanges QueuedChanges => _inner.QueuedChanges;

        public Tidemark.Archiving.IStoreArchive Archive => _inner.Archive;

        public ValueTask DisposeAsync()
        {
            Closed++;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Collecting(List<SyncProgress> reported) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => reported.Add(value);
    }

    private sealed class Receiver(Action onReport) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => onReport();
    }

    private sealed class Hearing : ISyncObserver
    {
        public List<string> Heard { get; } = [];

        public Action? OnFirst { get; init; }

        public void OnDocument(DocumentEvent change)
        {
            Heard.Add($"{change.Change} {change.Document}");
            if (Heard.Count == 1)
            {
                OnFirst?.Invoke();
            }
        }

        public void OnFailure(ItemFailure failure) => Heard.Add($"{failure.Item}: {failure.Code}");

        public void OnCompleted(SyncReport report) => Heard.Add($"{report.Outcome}");
    }
}
