using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <content>What takes documents out of the index, and brings them back: runs like any other, with the pipeline that the index was built with.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>So many documents in one transaction.</summary>
    private const int LifecycleBatch = 500;

    /// <summary>Of an index so much is dead where it is worth to make it anew when somebody asks for it.</summary>
    private const double WornIndex = 0.2;

    /// <summary>
    /// Closes documents whose time is over. They are in no answer anyway; closed, they cost searches nothing any more, and are kept
    /// like whatever was deleted. A run that is killed is gone on with by the next one.
    /// </summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>, <c>namespace.append-only</c>, <c>run.locked</c>.</exception>
    public async Task<LifecycleReport> ExpireAsync(LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = Patient(options);
        var (store, known) = await OpenToChangeAsync(options, "expires", cancellationToken).ConfigureAwait(false);
        var holds = await LegalHolds.ReadAsync(store, known.Name, cancellationToken).ConfigureAwait(false);
        var expired = new ExpiredDocuments(store, known.Name, holds.Covers, _opener.Clock.GetUtcNow());
        var report = await CloseAsync(expired, options, cancellationToken).ConfigureAwait(false);
        return (report is null ? LifecycleReport.Nothing(options.DryRun) : LifecycleReport.OfGone(report)) with { Held = expired.Left };
    }

    /// <summary>
    /// Brings back what was deleted or has expired, as it was, with the vectors that are kept. No cleanup takes it until its source lists it
    /// again; a time that is over does not count any more.
    /// </summary>
    /// <param name="target">What.</param>
    /// <param name="asOf">As it was then, also of what is in the index now; null: as it was last.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the run; the next one goes on.</param>
    /// <exception cref="TidemarkException">
    /// <c>archive.missing</c>: there is nothing to bring back; <c>namespace.missing</c>, <c>run.missing</c>, <c>history.horizon</c>,
    /// <c>run.locked</c>.
    /// </exception>
    public async Task<LifecycleReport> RestoreAsync(
        RestoreTarget target, PointInTime? asOf = null, LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options = Patient(options);
        var (store, known) = await OpenToChangeAsync(options, "is brought back", cancellationToken).ConfigureAwait(false);
        var now = _opener.Clock.GetUtcNow();
        if (!options.DryRun && target.Run is null)
        {
            // What has expired is gone whether or not somebody has closed it; there is a former state to bring back once it is closed.
            await CloseAsync(
                new ExpiredDocuments(store, known.Name, document => !target.Covers(document), now), options, cancellationToken).ConfigureAwait(false);
        }

        var restored = new RestoredDocuments(store, known, target, asOf, now);
        var sources = await restored.SourcesAsync(cancellationToken).ConfigureAwait(false);
        var report = await ChangeAsync(
            "restore",
            [.. sources.Select(source => new EnumerableSource(source, restored.OfAsync(source, cancellationToken)))],
            options,
            cancellationToken).ConfigureAwait(false);
        return LifecycleReport.OfRestored(report, restored.Failures, restored.Unclosed);
    }

    /// <summary>Removes for good what is kept of documents that are gone: they cannot be brought back any more, and the past begins after them.</summary>
    /// <param name="target">Which.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <exception cref="TidemarkException">
    /// <c>hold.held</c>, <c>archive.missing</c>: of what was named; <c>namespace.missing</c>, <c>namespace.append-only</c>, <c>run.locked</c>.
    /// </exception>
    public async Task<LifecycleReport> PurgeAsync(
        PurgeTarget target, LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options = Patient(options);
        var (store, known) = await OpenToChangeAsync(options, "is purged", cancellationToken).ConfigureAwait(false);
        return await new PurgeEngine(store, known.Name, _opener.Clock.GetUtcNow())
            .PurgeAsync(target, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts a document, or all of a source id, under a legal hold: nothing that is kept of it is removed, whatever its age or its time, until
    /// the hold is released. It need not be in the index.
    /// </summary>
    /// <param name="scope">What is named.</param>
    /// <param name="id">Of the document, or the source id.</param>
    /// <param name="reason">For people.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What became of it; a name that nothing has is a warning.</returns>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>, <c>namespace.append-only</c>; <c>forget.remembered</c>: it was forgotten; <c>usage</c>: a source is named, not a
    /// source id.
    /// </exception>
    public async Task<AddedHold> AddHoldAsync(
        SafeguardScope scope, string id, string reason = "", string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(reason);
        RequireChangeable(NameOf(@namespace), "is held");
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var forgotten = await Suppressions.ReadAsync(store.Safeguards, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        if (forgotten.RefusalOf(id) is { } refusal)
        {
            throw refusal;
        }

        if (scope == SafeguardScope.SourceId)
        {
            await SafeguardedName.RequireNoSourceAsync(store, NameOf(@namespace), id, cancellationToken).ConfigureAwait(false);
        }

        var hold = new Safeguard(SafeguardKind.Hold, scope, id, reason, _opener.Clock.GetUtcNow());
        var isNew = await store.Safeguards.AddAsync(NameOf(@namespace), hold, cancellationToken).ConfigureAwait(false);
        return new AddedHold(
            isNew,
            await SafeguardedName.WarningsAsync(store, NameOf(@namespace), scope, id, "what comes under this name is held", cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Releases a legal hold.</summary>
    /// <exception cref="TidemarkException"><c>hold.missing</c>: there is none; <c>namespace.append-only</c>.</exception>
    public async Task ReleaseHoldAsync(
        SafeguardScope scope, string id, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        RequireChangeable(NameOf(@namespace), "is released");
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!await store.Safeguards.RemoveAsync(NameOf(@namespace), SafeguardKind.Hold, scope, id, cancellationToken).ConfigureAwait(false))
        {
            throw new TidemarkException(ErrorCodes.HoldMissing, $"there is no hold of '{id}'", "'HoldsAsync()' lists those that there are");
        }
    }

    /// <summary>The legal holds of a namespace.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<IReadOnlyList<Safeguard>> HoldsAsync(string? @namespace = null, CancellationToken cancellationToken = default) => LookForAsync(
        NameOf(@namespace),
        (store, known) => store.Safeguards.ListAsync(known.Name, SafeguardKind.Hold, cancellationToken).AsTask(),
        cancellationToken);

    /// <summary>
    /// Documents that are gone and can be brought back, by id: also what has expired and is not closed yet. One whose state is not what was
    /// stored is named with its damage (<see cref="PastState.Damage"/>), and cannot be brought back.
    /// </summary>
    /// <param name="retention">How long what was deleted is kept (<see cref="GarbageOptions.History"/>).</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async IAsyncEnumerable<ArchivedDocument> ArchiveAsync(
        TimeSpan retention, string? @namespace = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var known = await NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var holds = await LegalHolds.ReadAsync(store, known.Name, cancellationToken).ConfigureAwait(false);
        var now = _opener.Clock.GetUtcNow();
        await foreach (var state in GoneDocuments.ListAllAsync(store, known.Name, now, cancellationToken).ConfigureAwait(false))
        {
            yield return new ArchivedDocument(state, holds.Covers(state.Document) ? null : (state.Until?.At ?? now) + retention);
        }
    }

    /// <returns>Null: there was nothing to close.</returns>
    private async Task<SyncReport?> CloseAsync(ExpiredDocuments expired, LifecycleOptions options, CancellationToken cancellationToken)
    {
        var sources = await expired.SourcesAsync(cancellationToken).ConfigureAwait(false);
        return sources.Count == 0 ? null : await ChangeAsync(
            "expire",
            [.. sources.Select(source => new EnumerableSource(source, expired.Of(source, cancellationToken)))],
            options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes history and embeddings that nothing needs and whose retention is over. The history of an append-only namespace stays.
    /// </summary>
    /// <exception cref="TidemarkException"><c>run.locked</c>: another run holds a namespace.</exception>
    public async Task<GarbageReport> CollectAsync(GarbageOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new GarbageOptions();
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var now = _opener.Clock.GetUtcNow();
        var namespaces = await store.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        var history = new HistoryLimits(now - options.History)
        {
            Runs = now - options.Runs,
            ByNamespace = namespaces.ToDictionary(
                known => known.Name,
                known => _setup.IsAppendOnly(known.Name) ? DateTimeOffset.UnixEpoch : now - options.HistoryOf(known.Name),
                StringComparer.Ordinal),
        };
        var wait = options.Wait ?? _setup.Patience;
        var report = await store.Maintenance.CollectAsync(history, now - options.Embeddings, wait, options.DryRun, cancellationToken)
            .ConfigureAwait(false);
        if (options is { Reindex: true, DryRun: false })
        {
            report = report with { Reindexed = await store.Maintenance.ReindexAsync(WornIndex, wait, cancellationToken).ConfigureAwait(false) };
        }

        if (options.DryRun || !options.Compact)
        {
            return report;
        }

        var before = await store.Maintenance.SizeAsync(cancellationToken).ConfigureAwait(false);
        await store.Maintenance.CompactAsync(wait, cancellationToken).ConfigureAwait(false);
        return report with { Size = (before, await store.Maintenance.SizeAsync(cancellationToken).ConfigureAwait(false)) };
    }

    /// <summary>Removes a namespace with everything it holds; embeddings stay until they are collected.</summary>
    /// <param name="name">It is named, so that nobody drops the index's own by leaving something out.</param>
    /// <param name="wait">How long to wait for another run on it.</param>
    /// <param name="dropSuppressions">Whether it is not remembered any more what was forgotten in it, so that the next sync may take it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it held.</returns>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>, <c>namespace.append-only</c>, <c>run.locked</c>; <c>hold.held</c>: a document of it is held;
    /// <c>forget.remembered</c>: something was forgotten in it.
    /// </exception>
    public async Task<NamespaceSummary> DropNamespaceAsync(
        string name, TimeSpan wait = default, bool dropSuppressions = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RequireChangeable(name, "is dropped");
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var dropped = await NamedThings.RequireNamespaceAsync(store.Reader, name, cancellationToken).ConfigureAwait(false);
        if ((await LegalHolds.ReadAsync(store, name, cancellationToken).ConfigureAwait(false)).RefusalOfAll(name) is { } refusal)
        {
            throw refusal;
        }

        var forgotten = await store.Safeguards.ListAsync(name, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false);
        if (forgotten.Count > 0 && !dropSuppressions)
        {
            throw new TidemarkException(
                ErrorCodes.ForgetRemembered,
                $"'{name}' remembers what was forgotten ({forgotten.Count} {(forgotten.Count == 1 ? "name" : "names")}): without it, the next sync takes it again",
                $"keep what 'ForgottenAsync(\"{name}\")' prints, then: DropNamespaceAsync(\"{name}\", DropSuppressions)");
        }

        await store.Maintenance.DropNamespaceAsync(name, wait, cancellationToken).ConfigureAwait(false);
        return dropped;
    }

    private LifecycleOptions Patient(LifecycleOptions? options) =>
        (options ?? new LifecycleOptions()) with { Wait = options?.Wait ?? _setup.Patience };

    private async Task<SyncReport> ChangeAsync(
        string command, IReadOnlyList<IDocumentSource> sources, LifecycleOptions options, CancellationToken cancellationToken)
    {
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var request = new SyncOptions
        {
            Namespace = NameOf(options.Namespace),
            Sources = sources,
            Cleanup = CleanupMode.None,
            BatchSize = LifecycleBatch,
            IsPartial = true,
            Rehash = true,
            IgnoreVersions = true,
            Spending = options.Spending,
            KeepText = _setup.KeepText,
            Wait = options.Wait,
            Observer = _observer,
            Command = command,
        };
        var pipeline = await _pipelines.OpenForQuestionAsync(store, request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var engine = new SyncEngine(store, pipeline, _opener.Clock) { Followers = _pipelines.OpenFollowerAsync };
        return options.DryRun
            ? await engine.PlanAsync(request, cancellationToken).ConfigureAwait(false)
            : await engine.SyncAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="options">Whose namespace it is.</param>
    /// <param name="what">What would become of a document of it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TidemarkException"><c>namespace.append-only</c>, <c>namespace.missing</c>.</exception>
    private async Task<(ITidemarkStore Store, NamespaceSummary Known)> OpenToChangeAsync(
        LifecycleOptions options, string what, CancellationToken cancellationToken)
    {
        var name = NameOf(options.Namespace);
        RequireChangeable(name, what);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return (store, await NamedThings.RequireNamespaceAsync(store.Reader, name, cancellationToken).ConfigureAwait(false));
    }

    /// <exception cref="TidemarkException"><c>namespace.append-only</c>.</exception>
    private void RequireChangeable(string name, string what)
    {
        if (_setup.IsAppendOnly(name))
        {
            throw new TidemarkException(
                ErrorCodes.NamespaceAppendOnly,
                $"the namespace '{name}' is append-only, so nothing of it {what}",
                "take AppendOnly() out if that is not meant");
        }
    }
}
