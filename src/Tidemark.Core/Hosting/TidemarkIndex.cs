using System.Runtime.ExceptionServices;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
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
public sealed partial class TidemarkIndex : ITidemarkIndex, IAsyncDisposable, IDisposable
{
    private readonly IndexOpener _opener;
    private readonly PipelineOpener _pipelines;
    private readonly TidemarkSetup _setup;
    private readonly LoggingObserver? _log;
    private readonly ISyncObserver? _observer;

    internal TidemarkIndex(TidemarkSetup setup, IServiceProvider services)
    {
        _setup = setup;
        _log = LoggingObserver.Of(services);
        _observer = SyncObservers.Of(_log, setup.Observer);
        _opener = new IndexOpener(setup, services);
        _pipelines = new PipelineOpener(setup, _opener);
        Queue = new IndexQueue(setup, _opener);
        Keys = new IndexKeys(_opener);
        Audit = new IndexAudit(_opener);
        Jobs = new IndexJobs(this, _opener);
    }

    /// <summary>The namespace that calls work on if they name none.</summary>
    public string Namespace => _setup.Namespace;

    /// <summary>What waits for a worker: looking at it, trying again, giving up.</summary>
    public IndexQueue Queue { get; }

    /// <summary>The keys of a service over this store: who may call it.</summary>
    public IndexKeys Keys { get; }

    /// <summary>What callers of a service over this store did.</summary>
    public IndexAudit Audit { get; }

    /// <summary>What is done again and again with this index.</summary>
    public IndexJobs Jobs { get; }

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
        RunAsync(options, brought: null, cancellationToken);

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
    public Task<SyncReport> SyncAsync(
        IReadOnlyList<IDocumentSource> sources, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return SyncAsync((options ?? new SyncOptions()) with { Sources = sources }, cancellationToken);
    }

    /// <summary>What <see cref="SyncAsync(SyncOptions?, CancellationToken)"/> would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        LookAsync(options, cancellationToken);

    /// <summary>What a sync of these documents would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        IAsyncEnumerable<Document> documents, SyncOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync([SourceOf(documents, options)], options, cancellationToken);

    /// <summary>What a sync of these sources would do, without an embedding call or a write.</summary>
    public Task<SyncReport> PlanAsync(
        IReadOnlyList<IDocumentSource> sources, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return PlanAsync((options ?? new SyncOptions()) with { Sources = sources }, cancellationToken);
    }

    /// <summary>Does exactly what a plan says that somebody has looked at, or nothing.</summary>
    /// <param name="plan">See <see cref="ApprovedPlan.Of"/>.</param>
    /// <param name="options">Those that the plan was made with.</param>
    /// <param name="cancellationToken">Ends the run, as it does a sync.</param>
    /// <exception cref="PlanStaleException">A document, or the index, has moved since; nothing was written.</exception>
    public Task<SyncReport> ApplyAsync(
        ApprovedPlan plan, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return RunAsync((options ?? new SyncOptions()) with { Approved = plan, Command = "apply" }, brought: null, cancellationToken);
    }

    /// <summary>
    /// Adopts the chunks and vectors in a file, as <see cref="ExportAsync"/> with vectors or another system gives them: nothing is
    /// embedded again. A namespace that has none yet takes the embedding space of the file, where the index leaves its embedder open.
    /// </summary>
    /// <param name="path">Of JSON lines.</param>
    /// <param name="options">As for a sync; its sources do not count.</param>
    /// <param name="cancellationToken">Ends the run, as it does a sync.</param>
    /// <exception cref="TidemarkException"><c>source.missing</c>, or the file cannot be read.</exception>
    public async Task<SyncReport> ImportAsync(
        string path, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var sources = await ImportSource.OpenAllAsync(path, cancellationToken).ConfigureAwait(false);
        var space = await ImportSource.PeekSpaceAsync(path, cancellationToken).ConfigureAwait(false);
        var request = (options ?? new SyncOptions()) with { Sources = sources, Command = "import" };
        return await RunAsync(request, space, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts one document into the index, if it is as <see cref="WriteOptions.Expected"/> says; that and the write are one step.
    /// </summary>
    /// <exception cref="ConflictException">It is not as expected; nothing was written.</exception>
    public Task<SyncReport> PutAsync(
        Document document, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return WriteAsync(new DocumentChange.Upsert(document), document.Id, SyncOptions.PutCommand, options, cancellationToken);
    }

    /// <summary>Deletes one document, if it is as <see cref="WriteOptions.Expected"/> says, and remembers that it is gone.</summary>
    /// <exception cref="ConflictException">It is not as expected; nothing was written.</exception>
    public Task<SyncReport> DeleteAsync(
        string id, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var tombstone = new DocumentChange.Delete(id, id, DocumentVersion.None, ChangeToken.None);
        return WriteAsync(tombstone, id, SyncOptions.DeleteCommand, options, cancellationToken);
    }

    /// <summary>Puts changes into the queue, for workers to carry out. Nothing is embedded, and no run is in the way.</summary>
    /// <exception cref="TidemarkException"><c>queue.full</c>; batches before are enqueued.</exception>
    public Task<EnqueueReport> EnqueueAsync(
        IAsyncEnumerable<DocumentChange> changes, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        options ??= new EnqueueOptions();
        return EnqueueAsync(options with { Sources = [new EnumerableSource(options.SourceName, changes)] }, cancellationToken);
    }

    /// <summary>The same with what sources list.</summary>
    /// <exception cref="TidemarkException"><c>queue.full</c>; batches before are enqueued.</exception>
    public async Task<EnqueueReport> EnqueueAsync(EnqueueOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await new EnqueueEngine(store, _opener.Clock).EnqueueAsync(
            options with
            {
                Namespace = NameOf(options.Namespace),
                Sources = options.Sources ?? _opener.Sources,
                AppendOnly = options.AppendOnly || _setup.IsAppendOnly(NameOf(options.Namespace)),
                Policy = options.Policy ?? _setup.Policy,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Carries queued changes out until <paramref name="stoppingToken"/> is cancelled, or nothing waits any more. Any number of
    /// processes may do so where the store is a server. A store that is down, also at the start, is waited for, except with
    /// <see cref="WorkerOptions.UntilEmpty"/>.
    /// </summary>
    /// <exception cref="TidemarkException">As <see cref="ChangeWorker.RunAsync"/> says.</exception>
    public async Task<WorkerReport> RunWorkerAsync(
        WorkerOptions? options = null, CancellationToken stoppingToken = default)
    {
        options ??= new WorkerOptions();
        await StartPatience.OpenAsync(_opener.OpenAsync, options, _opener.Clock, stoppingToken).ConfigureAwait(false);
        var start = new SyncOptions { Namespace = NameOf(options.Namespace), Sources = [], Command = "worker" };
        var (store, pipeline) = await OpenToRunAsync(start, brought: null, stoppingToken).ConfigureAwait(false);
        var request = options with
        {
            Namespace = NameOf(options.Namespace),
            AppendOnly = options.AppendOnly || _setup.IsAppendOnly(NameOf(options.Namespace)),
            Policy = options.Policy ?? _setup.Policy,
            KeepText = options.KeepText && _setup.KeepText,
            Wait = options.Wait ?? _setup.Patience,
            Watcher = WorkerObservers.Of(_log, options.Watcher),
            Observer = SyncObservers.Of(_observer, options.Observer),
        };
        var worker = new ChangeWorker(store, pipeline, _opener.Clock) { Followers = _pipelines.OpenFollowerAsync };
        return await worker.RunAsync(request, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Proves that sources, records and index agree, and repairs the index if asked to.</summary>
    /// <exception cref="TidemarkException">
    /// <c>budget.reached</c>: a repair would cost more than <see cref="VerifyOptions.Spending"/> allows.
    /// </exception>
    public async Task<VerifyReport> VerifyAsync(VerifyOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VerifyOptions();
        options = options with { Wait = options.Wait ?? _setup.Patience };
        var name = NameOf(options.Namespace);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);

        // Before the namespace is read: its pipeline may be what is damaged.
        var records = options.Records ?? (options.Repair
            ? await VerifyEngine.MendAsync(store.Care, name, options.Patience, cancellationToken).ConfigureAwait(false)
            : null);
        SyncPipeline pipeline;
        try
        {
            await store.Reader.NamespaceAsync(name, cancellationToken).ConfigureAwait(false);
            pipeline = await _pipelines.OpenForQuestionAsync(store, name, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return await VerifyEngine.OfRecordsAsync(store.Care, name, records, e, cancellationToken).ConfigureAwait(false);
        }

        var request = options with
        {
            Namespace = name,
            Sources = options.Sources ?? _opener.Sources,
            Origins = options.Origins ?? _opener.Sources,
            AppendOnly = options.AppendOnly || _setup.IsAppendOnly(NameOf(options.Namespace)),
            Policy = options.Policy ?? _setup.Policy,
            Guard = options.Guard ?? _setup.Guard,
            KeepText = options.KeepText && _setup.KeepText,
            Records = records,
        };
        return await new VerifyEngine(store, pipeline, _opener.Clock).VerifyAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The store below, for what this class does not do.</summary>
    public ValueTask<ITidemarkStore> OpenStoreAsync(CancellationToken cancellationToken = default) =>
        _opener.OpenAsync(cancellationToken);

    /// <summary>Closes a store that the index has opened.</summary>
    public ValueTask DisposeAsync() => _opener.DisposeAsync();

    /// <summary>
    /// The same, for containers that know no other way. It waits for nobody: what is under way at this moment ends by itself, and then
    /// the store is closed.
    /// </summary>
    public void Dispose()
    {
        var closing = _opener.DisposeAsync().AsTask();
        if (closing is { IsFaulted: true, Exception.InnerException: { } failure })
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task<SyncReport> WriteAsync(
        DocumentChange change, string id, string command, WriteOptions? options, CancellationToken cancellationToken)
    {
        options ??= new WriteOptions();
        var request = new SyncOptions
        {
            Sources = [new EnumerableSource(options.SourceName, Single(change))],
            Namespace = options.Namespace,
            Cleanup = CleanupMode.None,
            Expected = options.Expected is { } expected
                ? new Dictionary<string, DocumentExpectation>(StringComparer.Ordinal) { [id] = expected }
                : null,
            IsPartial = true,
            IgnoreVersions = options.IgnoreVersions,
            Spending = options.Spending,
            Wait = options.Wait,
            Command = command,
        };
        return await RunAsync(request, brought: null, cancellationToken).ConfigureAwait(false);
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

    /// <summary>With what the index says where the call says nothing.</summary>
    private SyncOptions RequestOf(SyncOptions? options)
    {
        options ??= new SyncOptions();
        var sources = options.Sources ?? _opener.Sources;
        return options with
        {
            Sources = sources.Count > 0 ? sources : throw new TidemarkException(
                ErrorCodes.Usage,
                "there is no source to sync",
                "give documents or sources to the call, or add sources where the index is put together ('AddSource')"),
            Namespace = NameOf(options.Namespace),
            AppendOnly = options.AppendOnly || _setup.IsAppendOnly(NameOf(options.Namespace)),
            Policy = options.Policy ?? _setup.Policy,
            KeepText = options.KeepText && _setup.KeepText,
            Guard = options.Guard ?? _setup.Guard,
            Wait = options.Wait ?? _setup.Patience,
            Observer = SyncObservers.Of(_observer, options.Observer),
        };
    }

    private async Task<SyncReport> RunAsync(SyncOptions? options, string? brought, CancellationToken cancellationToken)
    {
        var request = RequestOf(options);
        var (store, pipeline) = await OpenToRunAsync(request, brought, cancellationToken).ConfigureAwait(false);
        var engine = new SyncEngine(store, pipeline, _opener.Clock) { Followers = _pipelines.OpenFollowerAsync };
        return await engine.SyncAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ITidemarkStore Store, SyncPipeline Pipeline)> OpenToRunAsync(
        SyncOptions request, string? brought, CancellationToken cancellationToken)
    {
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var startedAt = _opener.Clock.GetUtcNow();
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (store, await _pipelines.OpenAsync(
                store, request.NamespaceName, built => built is null || request.Rebuild, brought, request.Rebuild, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (FailedStart.IsOfRun(e))
        {
            await FailedStart.NoteAsync(store, request, e, startedAt, _opener.Clock).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SyncReport> LookAsync(SyncOptions? options, CancellationToken cancellationToken)
    {
        var request = RequestOf(options);
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return await _opener.LookAsync(
            async store =>
            {
                var pipeline = await _pipelines.OpenAsync(
                    store, NameOf(request.Namespace), _ => false, brought: null, request.Rebuild, cancellationToken).ConfigureAwait(false);
                return await new SyncEngine(store, pipeline, _opener.Clock).PlanAsync(request, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ITidemarkStore Store, SyncPipeline Pipeline)> OpenAsync(
        string? @namespace, Func<PipelineIdentity?, bool> mayAsk, string? brought, CancellationToken cancellationToken)
    {
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return (store, await _pipelines.OpenAsync(store, NameOf(@namespace), mayAsk, brought, anew: false, cancellationToken).ConfigureAwait(false));
    }

    internal string NameOf(string? @namespace) => @namespace ?? _setup.Namespace;
}
