using Tidemark.Cli.Composition;
using Tidemark.Cli.Configuration;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Cli.Plans;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What <c>sync</c> and <c>plan</c> share: sources, pipeline, engine, report.</summary>
internal static class SyncRun
{
    public static async Task<int> SyncAsync(
        CommandContext context, SyncFlags options, CancellationToken cancellationToken)
    {
        var call = new SyncCall(context, options);
        if (!await context.Stores.ExistsAsync(cancellationToken))
        {
            RequirePrice(context, call.Spending);
            await call.LookAsync(cancellationToken);
        }

        await using var store = await context.Stores.OpenOrCreateAsync(cancellationToken);
        var (sources, request) = await call.RequestAsync(store, cancellationToken);
        var pipeline = await PipelineAsync(context, store, request, forPlan: false, cancellationToken);
        var report = await context.Narration.TellAsync(SyncCommand.Name, pipeline, (watched, progress) =>
            new SyncEngine(store, watched, context.Host.Clock).SyncAsync(request with { Progress = progress }, cancellationToken));
        return Print(context, sources, report);
    }

    /// <param name="file">Where to save the plan; null: nowhere.</param>
    public static Task<int> PlanAsync(
        CommandContext context, SyncFlags options, string? file, CancellationToken cancellationToken) =>
        PlanAsync(context, options, file, saysChanges: false, cancellationToken);

    /// <param name="file">Where to save the plan; null: nowhere.</param>
    /// <param name="saysChanges">Whether the exit code says that there is something to do.</param>
    public static async Task<int> PlanAsync(
        CommandContext context, SyncFlags options, string? file, bool saysChanges, CancellationToken cancellationToken)
    {
        var call = new SyncCall(context, options);
        if (file is not null)
        {
            RequireRepeatable(call.Sources);
            PlanWriter.Check(Path.GetFullPath(file, context.Host.Folder));
        }

        await using var store = await context.Stores.OpenForPlanAsync(cancellationToken);
        var (sources, request) = await call.RequestAsync(store, cancellationToken);
        var pipeline = await PipelineAsync(context, store, request, forPlan: true, cancellationToken);
        var report = await context.Narration.TellAsync(PlanCommand.Name, pipeline, (watched, progress) =>
            new SyncEngine(store, watched, context.Host.Clock).PlanAsync(request with { Progress = progress }, cancellationToken));
        if (file is not null)
        {
            var shared = context.Host.Shared;
            PlanWriter.Write(Path.GetFullPath(file, context.Host.Folder), new SavedPlan
            {
                CreatedAt = context.Host.Clock.GetUtcNow(),
                Folder = context.Host.Folder,
                Arguments = PlanArguments.Of(
                    context.Parsed,
                    [shared.Store, shared.Index, shared.Namespace, shared.Embedder, .. options.All],
                    options.Sources.Sources),
                Settings = PlanSettings.Of(context.Settings, sources, request, pipeline),
                Plan = ApprovedPlan.Of(report),
            });
        }

        var exit = Print(context, sources, report);
        return saysChanges && exit == ExitCodes.Done && ExitCodes.HasChanges(report) ? ExitCodes.Changes : exit;
    }

    /// <summary>Does what a saved plan says; <paramref name="context"/> is of the call that made it.</summary>
    /// <exception cref="PlanStaleException">Something has moved.</exception>
    public static async Task<int> ApplyAsync(
        CommandContext context, SyncFlags options, SavedPlan saved, CancellationToken cancellationToken)
    {
        var call = new SyncCall(context, options);
        if (saved.Plan.Sequence > 0 && !await context.Stores.ExistsAsync(cancellationToken))
        {
            throw new PlanStaleException([$"the store '{context.Settings.Store}' is not there any more"], madeBy: saved.Plan.MadeBy);
        }

        await using var store = await context.Stores.OpenOrCreateAsync(cancellationToken);
        var (sources, request) = await call.RequestAsync(store, cancellationToken);
        var planned = await PipelineAsync(context, store, request, forPlan: true, cancellationToken);
        var moved = PlanSettings.Compare(
            saved.Settings, PlanSettings.Of(context.Settings, sources, request, planned));
        if (moved.Count > 0)
        {
            throw new PlanStaleException(
                moved,
                await PlanHistory.FindAsync(store.Reader, context.Namespace, saved.Plan, cancellationToken),
                saved.Plan.MadeBy);
        }

        var pipeline = await PipelineAsync(context, store, request, forPlan: false, cancellationToken);
        var approved = request with { Approved = saved.Plan, Command = ApplyCommand.Name };
        var report = await context.Narration.TellAsync(ApplyCommand.Name, pipeline, (watched, progress) =>
            new SyncEngine(store, watched, context.Host.Clock).SyncAsync(approved with { Progress = progress }, cancellationToken));
        return Print(context, sources, report);
    }

    /// <param name="sources">Null: of an import.</param>
    public static int Print(CommandContext context, IReadOnlyList<SourceSettings>? sources, SyncReport report)
    {
        var places = sources is null ? null : SourcePlaces.Of(sources);
        var output = context.Output;
        output.Write(
            json => SyncReportJson.Write(json, report),
            () => report.Changes is null
                ? SyncView.Of(report, places)
                : PlanView.Of(report, places, output.IsVerbose));
        output.Complain(SyncView.Complaints(report, output.IsVerbose));
        return ExitCodes.Of(report);
    }

    /// <summary>A budget that cannot be kept is refused before a store is made.</summary>
    private static void RequirePrice(CommandContext context, SpendingLimits spending)
    {
        var space = EmbedderChoice.Decide(context.Settings.Pipeline.Embedder, built: null, []).Name;
        if (!spending.IsNone && context.Settings.Cost.PriceOf(space) is null)
        {
            throw SpendingLimits.Unpriced(space);
        }
    }

    private static void RequireRepeatable(IReadOnlyList<SourceSettings> sources)
    {
        if (sources.Any(source => source.Path == SourceSettings.StandardInput))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "a plan of standard input cannot be saved: it could not be read again when it is applied",
                "write the lines to a file and name that");
        }
    }

    private static Task<SyncPipeline> PipelineAsync(
        CommandContext context,
        ITidemarkStore store,
        SyncOptions request,
        bool forPlan,
        CancellationToken cancellationToken) =>
        PipelineAsync(context, store, mayAsk: built => !forPlan && (built is null || request.Rebuild), cancellationToken);

    /// <summary>As the settings say it, and where they do not, as the namespace was built.</summary>
    /// <param name="mayAsk">Whether a model that nobody knows the dimensions of is asked for them.</param>
    public static async Task<SyncPipeline> PipelineAsync(
        CommandContext context,
        ITidemarkStore store,
        Func<PipelineIdentity?, bool> mayAsk,
        CancellationToken cancellationToken)
    {
        var settings = context.Settings.Pipeline;
        var known = await store.Reader.NamespaceAsync(context.Namespace, cancellationToken);
        var built = known is null || await IsLeftBehindAsync(store, known, cancellationToken) ? null : known.Generation?.Pipeline;
        var spec = settings.Embedder is null
            ? EmbedderChoice.Decide(null, known?.Generation?.Pipeline.Space, []) // of a run that failed before it made a chunk, too
            : EmbedderChoice.Decide(settings.Embedder, built?.Space, await SpacesAsync(store, cancellationToken));

        // Not by a plan, nor where the index is of another model anyway, which is refused.
        var model = mayAsk(built) ? await context.Embedders.CreateAsync(spec, cancellationToken) : context.Embedders.Create(spec);
        return context.Priced(PipelineBuilder.Build(settings, built, model));
    }

    /// <summary>A first run that failed before it made a chunk leaves a pipeline that nobody has to keep to.</summary>
    private static async Task<bool> IsLeftBehindAsync(
        ITidemarkStore store, NamespaceSummary known, CancellationToken cancellationToken) =>
        known is { Chunks: 0, Generation: not null }
        && await store.Reader.IsUnusedAsync(known.Name, cancellationToken)
        && (await store.Reader.RunsAsync(known.Name, limit: 100, cancellationToken)).All(run =>
            run.Outcome is null or RunOutcome.Failed or RunOutcome.Cancelled or RunOutcome.Budget);

    private static async Task<IEnumerable<string>> SpacesAsync(ITidemarkStore store, CancellationToken cancellationToken) =>
        (await store.Reader.NamespacesAsync(cancellationToken))
            .Where(other => other.Generation is not null)
            .Select(other => other.Generation!.Pipeline.Space);
}
