using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Sources;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark;

/// <summary>
/// An index that is kept true to its documents: the library in one class. Safe for concurrent use; one run at a time changes a
/// namespace, searches never wait for it. The store is opened when it is first needed.
/// </summary>
/// <remarks>
/// What fails as a whole throws a <see cref="TidemarkException"/> with a code and a remedy. What fails item by item stands in the
/// report. A cancelled run commits the batches that are under way and returns its report, whose outcome says so; the next run
/// goes on from there.
/// </remarks>
public sealed class TidemarkIndex : IAsyncDisposable, IDisposable
{
    private readonly IndexOpener _opener;
    private readonly TidemarkSetup _setup;

    internal TidemarkIndex(TidemarkSetup setup, IServiceProvider services)
    {
        _setup = setup;
        _opener = new IndexOpener(setup, services);
    }

    /// <summary>An index without a container of services.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: a store or an embedder is missing.</exception>
    public static TidemarkIndex Create(Action<TidemarkBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new TidemarkBuilder();
        configure(builder);
        return new TidemarkIndex(builder.Build(), NoServices.Instance);
    }

    /// <summary>Brings the index in step with the sources that were added when it was put together.</summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public Task<SyncReport> SyncAsync(SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        SyncAsync(_opener.Sources, options, cancellationToken);

    /// <summary>
    /// Brings the index in step with documents that are enumerated. If the enumeration fails, what came before it is taken,
    /// nothing is deleted, and the report names the failure.
    /// </summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public Task<SyncReport> SyncAsync(
        IAsyncEnumerable<Document> documents, SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        SyncAsync([SourceOf(documents, options)], options, cancellationToken);

    /// <summary>The same with tombstones among them.</summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public Task<SyncReport> SyncAsync(
        IAsyncEnumerable<DocumentChange> changes, SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        SyncAsync([SourceOf(changes, options)], options, cancellationToken);

    /// <summary>Brings the index in step with these sources, in one run.</summary>
    /// <exception cref="TidemarkException">Nothing, or only whole batches, were written.</exception>
    public async Task<SyncReport> SyncAsync(
        IReadOnlyList<IDocumentSource> sources, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        var index = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await new SyncEngine(index.Store, index.Pipeline, index.Clock)
            .SyncAsync(RequestOf(sources, options), options?.Progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What <see cref="SyncAsync(SyncOptions?, CancellationToken)"/> would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync(_opener.Sources, options, cancellationToken);

    /// <summary>What a sync of these documents would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        IAsyncEnumerable<Document> documents, SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync([SourceOf(documents, options)], options, cancellationToken);

    /// <summary>What a sync of these sources would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        IReadOnlyList<IDocumentSource> sources, SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        _opener.LookAsync(
            index => new SyncEngine(index.Store, index.Pipeline, index.Clock)
                .PlanAsync(RequestOf(sources, options), options?.Progress, cancellationToken),
            cancellationToken);

    /// <summary>
    /// Puts one document into the index, if it is as <see cref="WriteOptions.Expected"/> says; that and the write are one step.
    /// </summary>
    /// <exception cref="ConflictException">It is not as expected; nothing was written.</exception>
    public Task<SyncReport> PutAsync(
        Document document, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return WriteAsync(new DocumentChange.Upsert(document), document.Id, "put", options, cancellationToken);
    }

    /// <summary>Deletes one document, if it is as <see cref="WriteOptions.Expected"/> says, and remembers that it is gone.</summary>
    /// <exception cref="ConflictException">It is not as expected; nothing was written.</exception>
    public Task<SyncReport> DeleteAsync(
        string id, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var tombstone = new DocumentChange.Delete(id, id, DocumentVersion.None, ChangeToken.None);
        return WriteAsync(tombstone, id, "delete", options, cancellationToken);
    }

    /// <summary>Puts changes into the queue, for workers to carry out. Nothing is embedded, and no run is in the way.</summary>
    /// <exception cref="TidemarkException"><c>queue.full</c>; batches before are enqueued.</exception>
    public async Task<EnqueueReport> EnqueueAsync(
        IAsyncEnumerable<DocumentChange> changes, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        options ??= new EnqueueOptions();
        var index = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var request = new EnqueueRequest
        {
            Namespace = options.Namespace ?? _setup.Namespace,
            Sources = [new EnumerableSource(options.SourceName, changes)],
            MostWaiting = options.MostWaiting,
            AppendOnly = _setup.AppendOnly,
        };
        return await new EnqueueEngine(index.Store, index.Clock).EnqueueAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Carries queued changes out until <paramref name="stoppingToken"/> is cancelled, or nothing waits any more. Any number of
    /// processes may do so where the store is a server.
    /// </summary>
    /// <exception cref="TidemarkException">As <see cref="ChangeWorker.RunAsync"/> says.</exception>
    public async Task<WorkerReport> RunWorkerAsync(
        WorkerOptions? options = null, CancellationToken stoppingToken = default)
    {
        options ??= new WorkerOptions();
        var index = await _opener.OpenAsync(stoppingToken).ConfigureAwait(false);
        var request = new WorkerRequest
        {
            Namespace = options.Namespace ?? _setup.Namespace,
            Concurrency = options.Concurrency,
            BatchSize = options.BatchSize,
            UntilEmpty = options.UntilEmpty,
            Visibility = options.Visibility,
            Attempts = options.Attempts,
            Wait = options.Wait,
            AppendOnly = _setup.AppendOnly,
            Spending = options.Spending,
            Observer = SyncObservers.Of(_setup.Observer, options.Observer),
            Watcher = options.Watcher,
        };
        return await new ChangeWorker(index.Store, index.Pipeline, index.Clock)
            .RunAsync(request, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>The chunks that answer a query, best first.</summary>
    /// <param name="query">Any text is safe: no operator of an engine is honoured in it.</param>
    /// <param name="options">How many, how, and which of them.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="TidemarkException">
    /// <c>usage</c>: an empty query; <c>namespace.missing</c>: nothing was synced yet; <c>embedding.space</c>: the index was built
    /// with another embedder.
    /// </exception>
    public Task<SearchResult> SearchAsync(
        string query, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new SearchOptions();
        var request = new SearchRequest
        {
            Namespace = options.Namespace ?? _setup.Namespace,
            Query = query,
            Limit = options.Limit,
            Mode = options.Mode,
            Filter = options.Filter,
        };
        return _opener.LookAsync(
            index => new SearchEngine(index.Store, index.Pipeline.Model, index.Clock).SearchAsync(request, cancellationToken),
            cancellationToken);
    }

    /// <summary>Proves that sources, records and index agree, and repairs the index if asked to.</summary>
    public async Task<VerifyReport> VerifyAsync(VerifyOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VerifyOptions();
        var index = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var request = new VerifyRequest
        {
            Namespace = options.Namespace ?? _setup.Namespace,
            Sources = options.Sources ?? _opener.Sources,
            Cleanup = options.Cleanup,
            AppendOnly = _setup.AppendOnly,
            Guard = _setup.Guard,
            Repair = options.Repair,
            Wait = options.Wait,
        };
        return await new VerifyEngine(index.Store, index.Pipeline, index.Clock)
            .VerifyAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The store below, for what this class does not do: documents, runs, chunks, maintenance.</summary>
    public async ValueTask<ITidemarkStore> OpenStoreAsync(CancellationToken cancellationToken = default) =>
        (await _opener.OpenAsync(cancellationToken).ConfigureAwait(false)).Store;

    /// <summary>Closes a store that the index has opened.</summary>
    public ValueTask DisposeAsync() => _opener.DisposeAsync();

    /// <summary>The same, for containers that know no other way; waits.</summary>
    public void Dispose() => _opener.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<SyncReport> WriteAsync(
        DocumentChange change, string id, string command, WriteOptions? options, CancellationToken cancellationToken)
    {
        options ??= new WriteOptions();
        var index = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var request = new SyncRequest
        {
            Sources = [new EnumerableSource(options.SourceName, Single(change))],
            Namespace = options.Namespace ?? _setup.Namespace,
            Cleanup = CleanupMode.None,
            AppendOnly = _setup.AppendOnly,
            Expected = options.Expected is { } expected
                ? new Dictionary<string, DocumentExpectation>(StringComparer.Ordinal) { [id] = expected }
                : null,
            IsPartial = true,
            IgnoreVersions = options.IgnoreVersions,
            Spending = options.Spending,
            Wait = options.Wait,
            Observer = _setup.Observer,
            Command = command,
        };
        return await new SyncEngine(index.Store, index.Pipeline, index.Clock)
            .SyncAsync(request, progress: null, cancellationToken).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<DocumentChange> Single(DocumentChange change)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return change;
    }

    private static EnumerableSource SourceOf(IAsyncEnumerable<Document> documents, SyncOptions? options) =>
        new((options ?? new SyncOptions()).SourceName, documents);

    private static EnumerableSource SourceOf(IAsyncEnumerable<DocumentChange> changes, SyncOptions? options) =>
        new((options ?? new SyncOptions()).SourceName, changes);

    private SyncRequest RequestOf(IReadOnlyList<IDocumentSource> sources, SyncOptions? options)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new SyncOptions();
        return new SyncRequest
        {
            Sources = sources.Count > 0 ? sources : throw new TidemarkException(
                ErrorCodes.Usage,
                "there is no source to sync",
                "give documents or sources to the call, or add sources where the index is put together ('AddSource')"),
            Namespace = options.Namespace ?? _setup.Namespace,
            Cleanup = options.Cleanup,
            BatchSize = options.BatchSize,
            Force = options.Force,
            Rehash = options.Rehash,
            IgnoreVersions = options.IgnoreVersions,
            Rebuild = options.Rebuild,
            AppendOnly = _setup.AppendOnly,
            Guard = options.Guard ?? _setup.Guard,
            Spending = options.Spending,
            Wait = options.Wait,
            Observer = SyncObservers.Of(_setup.Observer, options.Observer),
        };
    }
}
