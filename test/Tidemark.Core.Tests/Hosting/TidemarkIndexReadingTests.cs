using System.Text;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Tests.Hosting;

/// <summary>What the command line can do, a program can: asking, proving, tidying.</summary>
public sealed class TidemarkIndexReadingTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new();
    private readonly CountingGenerator _generator = new();
    private readonly TidemarkIndex _index;

    public TidemarkIndexReadingTests() => _index = Create();

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_are_listed_by_prefix_and_one_is_shown_with_its_chunks()
    {
        await SyncAsync("docs/a", "docs/b", "notes/c");

        var listed = await _index.DocumentsAsync("docs/", cancellationToken: Token).Select(d => d.Id).ToListAsync(Token);
        var shown = await _index.DocumentAsync("docs/b", cancellationToken: Token);

        listed.ShouldBe(["docs/a", "docs/b"]);
        shown.Document.Id.ShouldBe("docs/b");
        shown.Chunks.ShouldHaveSingleItem().Text.ShouldBe("docs/b");
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_the_nearest_name()
    {
        (await Should.ThrowAsync<TidemarkException>(_index.DocumentAsync("docs/a", cancellationToken: Token)))
            .Code.ShouldBe(ErrorCodes.NamespaceMissing);
        await SyncAsync("docs/a", "docs/b");

        var failure = await Should.ThrowAsync<TidemarkException>(_index.WhyAsync("docs/A", cancellationToken: Token));

        (failure.Code, failure.Remedy).ShouldBe((ErrorCodes.DocumentMissing, "did you mean 'docs/a'?"));
    }

    [Fact]
    public async Task Why_and_runs_and_status_tell_of_the_namespace_of_the_index()
    {
        await SyncAsync("a");
        await SyncAsync("a", "b");

        var why = await _index.WhyAsync("b", cancellationToken: Token);
        var runs = await _index.RunsAsync(1, cancellationToken: Token);
        var status = await _index.StatusAsync(cancellationToken: Token);

        why.Chunks.ShouldHaveSingleItem().Cause.ShouldBe(EmbeddingCause.Text);
        runs.Runs.ShouldHaveSingleItem().Command.ShouldBe("sync");
        (status.Namespace.Name, status.Namespace.Documents, status.LastRun!.Id).ShouldBe(("default", 2, runs.Runs[0].Id));
        (await _index.MonthsAsync(1, Token)).ShouldHaveSingleItem().Sum.Usage.Inputs.ShouldBe(2);
    }

    [Fact]
    public async Task An_export_with_vectors_is_imported_without_an_embedding_call()
    {
        await SyncAsync("a", "b");
        using var exported = new MemoryStream();
        await _index.ExportAsync(exported, withVectors: true, cancellationToken: Token);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, exported.ToArray(), Token);
            var asked = _generator.Asked.Count;

            var report = await _index.ImportAsync(file, new SyncOptions { Namespace = "copy" }, Token);

            (report.Documents.Added, report.Embedding.Inputs).ShouldBe((2, 0));
            _generator.Asked.Count.ShouldBe(asked);
            using var again = new MemoryStream();
            await _index.ExportAsync(again, @namespace: "copy", cancellationToken: Token);
            Encoding.UTF8.GetString(again.ToArray()).Split('\n').Length.ShouldBe(3);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_plan_is_applied_as_it_was_approved_or_not_at_all()
    {
        var plan = ApprovedPlan.Of(await _index.PlanAsync(Documents("a"), cancellationToken: Token));
        var source = new SyncOptions { Sources = [SourceOf("a")] };

        var applied = await _index.ApplyAsync(plan, source, Token);

        applied.Documents.Added.ShouldBe(1);
        (await _index.RunsAsync(1, cancellationToken: Token)).Runs[0].Command.ShouldBe("apply");
        await Should.ThrowAsync<PlanStaleException>(_index.ApplyAsync(plan, source, Token));
    }

    [Fact]
    public async Task A_repair_keeps_to_its_spending_limit()
    {
        await SyncAsync("a");
        var options = new VerifyOptions { Repair = true, Sources = [SourceOf("a", "b")], Spending = new SpendingLimits(0.01m, null) };

        (await Should.ThrowAsync<TidemarkException>(_index.VerifyAsync(options, Token))).Code.ShouldBe(ErrorCodes.BudgetUnpriced);
        (await _index.VerifyAsync(options with { Spending = SpendingLimits.None }, Token)).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task Dead_letters_are_counted_listed_tried_again_and_given_up()
    {
        await SyncAsync("known");
        await _index.EnqueueAsync(Changes("a", "b"), cancellationToken: Token);

        (await _index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(2);
        (await _index.Queue.ListAsync(state: null, cancellationToken: Token)).Select(c => c.Document).ShouldBe(["a", "b"]);
        (await _index.Queue.DropAsync(new DropOptions { Documents = ["a"] }, Token)).ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(_index.Queue.DropAsync(new DropOptions(), Token)))
            .Code.ShouldBe(ErrorCodes.Usage);
        (await Should.ThrowAsync<TidemarkException>(_index.Queue.RetryAsync(new RetryOptions { Documents = ["x"] }, Token)))
            .Code.ShouldBe(ErrorCodes.DocumentMissing);
        (await _index.Queue.RetryAsync(cancellationToken: Token)).ShouldBeEmpty();
        (await _index.Queue.DropAsync(new DropOptions { All = true }, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Namespaces_are_listed_and_dropped_and_what_nothing_needs_is_collected()
    {
        await SyncAsync("a");
        await _index.SyncAsync(Documents("b"), new SyncOptions { Namespace = "other" }, Token);

        (await _index.NamespacesAsync(Token)).Select(n => n.Name).ShouldBe(["default", "other"]);
        (await _index.DropNamespaceAsync("other", cancellationToken: Token)).Documents.ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(_index.DropNamespaceAsync("other", cancellationToken: Token)))
            .Code.ShouldBe(ErrorCodes.NamespaceMissing);
        (await _index.CollectAsync(new GarbageOptions { DryRun = true }, Token)).DryRun.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_index_leaves_open_is_as_the_namespace_was_built()
    {
        await using (var built = Create(t => t.UseChunker(new ChunkerOptions { Kind = ChunkerKind.None }).NormalizeInput()))
        {
            await built.SyncAsync(Documents("One"), cancellationToken: Token);
        }

        var asked = new List<string?>();
        await using var index = TidemarkIndex.Create(t => t.UseStore(_store).UseEmbedder(
            (context, _) =>
            {
                asked.Add(context.Built?.Space);
                return ValueTask.FromResult(new EmbeddingModel
                {
                    Space = new EmbeddingSpace(context.Built?.Space ?? "new:32", CountingGenerator.Dimensions),
                    Generator = _generator,
                });
            },
            follows: true));
        var report = await index.SyncAsync(Documents("One", "Two"), cancellationToken: Token);
        await index.SearchAsync("two", cancellationToken: Token);

        (report.Documents.Skipped, report.Documents.Added).ShouldBe((1, 1));
        asked.ShouldBe(["counting:32"]);
        var pipeline = (await index.StatusAsync(cancellationToken: Token)).Namespace.Generation!.Pipeline;
        (pipeline.IsNormalized, pipeline.Chunker.StartsWith("structured", StringComparison.Ordinal)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_store_that_is_being_opened()
    {
        var opening = new TaskCompletionSource<Tidemark.Indexing.ITidemarkStore>();
        var index = TidemarkIndex.Create(t => t.UseHashingEmbedder(16).UseStore((_, _) => new(opening.Task)));
        var opened = index.OpenStoreAsync(Token).AsTask();

        index.Dispose();

        opened.IsCompleted.ShouldBeFalse();
        opening.SetResult(new InMemoryStore());
        await opened;
    }

    private TidemarkIndex Create(Func<TidemarkBuilder, TidemarkBuilder>? with = null) => TidemarkIndex.Create(t =>
    {
        t.UseStore(_store).UseEmbedder(_generator, "counting:32", CountingGenerator.Dimensions);
        with?.Invoke(t);
    });

    private Task<SyncReport> SyncAsync(params string[] ids) => _index.SyncAsync(Documents(ids), cancellationToken: Token);

    private static ScriptedSource SourceOf(params string[] ids) =>
        new("documents", [.. ids.Select(id => ScriptedSource.Upsert(id, id))]);

    private static IAsyncEnumerable<Document> Documents(params string[] ids) =>
        ids.Select(id => new Document { Id = id, Text = id }).ToAsyncEnumerable();

    private static IAsyncEnumerable<DocumentChange> Changes(params string[] ids) =>
        ids.Select(id => (DocumentChange)new DocumentChange.Upsert(new Document { Id = id, Text = id })).ToAsyncEnumerable();
}
