using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Cli.Plans;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Records;
using Tidemark.Sources;
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
        RequireOutput(context, call);
        context.Stores.BeforeMaking = async stop =>
        {
            RequirePrice(context, call.Spending);
            await call.LookAsync(stop);
        };

        using var narration = context.Narrate(SyncCommand.Name);
        await using var index = context.ToChange(context.Stores.OpenOrCreateAsync, narration.Notice);
        var (sources, request) = await call.RequestAsync(index, cancellationToken);
        var report = await narration.TellAsync(
            () => index.SyncAsync(request with { Progress = narration.Progress }, cancellationToken));
        if (report.Outcome is RunOutcome.Succeeded or RunOutcome.Partial)
        {
            foreach (var connector in request.Sources!.OfType<ConnectorSource>())
            {
                await connector.SettleAsync(cancellationToken);
            }
        }

        if (call.HandsStatesOn)
        {
            return PrintBeside(context, sources, call.Complete(report));
        }

        return Print(context, sources, call.Complete(report));
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
            if (PlanWriter.Check(Path.GetFullPath(file, context.Host.Folder)))
            {
                context.Output.Note($"'{file}' is a link: the plan takes its place, and what it leads to stays as it is");
            }
        }

        using var narration = context.Narrate(PlanCommand.Name);
        await using var index = context.ToChange(context.Stores.OpenForPlanAsync, narration.Notice);
        var (sources, request) = await call.RequestAsync(index, cancellationToken);
        var report = await narration.TellAsync(
            () => index.PlanAsync(request with { Progress = narration.Progress }, cancellationToken));
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
                Settings = PlanSettings.Of(context.Settings, sources, request, await index.PipelineAsync(cancellationToken: cancellationToken)),
                Plan = ApprovedPlan.Of(report),
            });
        }

        var exit = Print(context, sources, call.Complete(report));
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

        using var narration = context.Narrate(ApplyCommand.Name);
        await using var index = context.ToChange(context.Stores.OpenOrCreateAsync, narration.Notice);
        var store = await index.OpenStoreAsync(cancellationToken);
        var (sources, request) = await call.RequestAsync(index, cancellationToken);
        var planned = await index.PipelineAsync(cancellationToken: cancellationToken);
        var moved = PlanSettings.Compare(
            saved.Settings, PlanSettings.Of(context.Settings, sources, request, planned));
        if (moved.Count > 0)
        {
            throw new PlanStaleException(
                moved,
                await PlanHistory.FindAsync(store.Reader, context.Namespace, saved.Plan, cancellationToken),
                saved.Plan.MadeBy);
        }

        var report = await narration.TellAsync(
            () => index.ApplyAsync(saved.Plan, request with { Progress = narration.Progress }, cancellationToken));
        return Print(context, sources, call.Complete(report));
    }

    /// <summary>On standard error: the other one belongs to the connector's states.</summary>
    private static int PrintBeside(CommandContext context, IReadOnlyList<SourceSettings> sources, SyncReport report)
    {
        var output = context.Output;
        output.Tell(SyncView.Of(report, SourcePlaces.Of(sources)));
        output.Complain(SyncView.Complaints(report, output.ListsAll));
        return ExitCodes.Of(report);
    }

    private static void RequireOutput(CommandContext context, SyncCall call)
    {
        if (call.HandsStatesOn && context.Output.IsJson)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "'--json' would write to standard output, where the states of the connector go",
                "leave it out; 'tidemark runs --json' has the report afterwards");
        }
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
        output.Complain(SyncView.Complaints(report, output.ListsAll));
        return ExitCodes.Of(report);
    }

    /// <summary>A budget that cannot be kept is refused before a store is made.</summary>
    private static void RequirePrice(CommandContext context, SpendingLimits spending)
    {
        var asked = context.Settings.Pipeline;
        var space = EmbedderChoice.Decide(asked.NamedEmbedder, asked.Traits, built: null, []).Name;
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

        if (sources.FirstOrDefault(source => source.Git?.HasSecrets == true) is { } git)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"a plan of '{git.Given}' cannot be saved: its address has a secret, which would stand in the file",
                "leave it out of the address, and let git have it from a credential helper");
        }
    }
}
