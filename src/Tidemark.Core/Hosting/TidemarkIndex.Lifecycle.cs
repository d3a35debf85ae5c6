using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Reporting;
using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <content>What takes documents out of the index, and brings them back: runs like any other, with the pipeline that the index was built with.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>So many documents in one transaction.</summary>
    private const int LifecycleBatch = 500;

    /// <summary>
    /// Closes documents whose time is over. They are in no answer anyway; closed, they cost searches nothing any more, and are kept
    /// like whatever was deleted. A run that is killed is gone on with by the next one.
    /// </summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>, <c>namespace.append-only</c>, <c>run.locked</c>.</exception>
    public async Task<LifecycleReport> ExpireAsync(LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LifecycleOptions();
        var name = NameOf(options.Namespace);
        RequireNotAppendOnly(name, "expires");
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, name, cancellationToken).ConfigureAwait(false);
        var expired = new ExpiredDocuments(store, name, _opener.Clock.GetUtcNow());
        var sources = await expired.SourcesAsync(cancellationToken).ConfigureAwait(false);
        return sources.Count == 0 ? LifecycleReport.Nothing(options.DryRun) : LifecycleReport.OfGone(await ChangeAsync(
            "expire", [.. sources.Select(source => new EnumerableSource(source, expired.Of(source)))], options, cancellationToken).ConfigureAwait(false));
    }

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
            KeepText = _setup.KeepText,
            Wait = options.Wait,
            Observer = _setup.Observer,
            Command = command,
        };
        var pipeline = await _pipelines.OpenForQuestionAsync(store, request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var engine = new SyncEngine(store, pipeline, _opener.Clock);
        return options.DryRun
            ? await engine.PlanAsync(request, cancellationToken).ConfigureAwait(false)
            : await engine.SyncAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private void RequireNotAppendOnly(string @namespace, string what)
    {
        if (_setup.AppendOnly)
        {
            throw new TidemarkException(
                ErrorCodes.NamespaceAppendOnly,
                $"the namespace '{@namespace}' is append-only, so nothing of it {what}",
                "take 'appendOnly' out of the settings if that is not meant");
        }
    }
}
