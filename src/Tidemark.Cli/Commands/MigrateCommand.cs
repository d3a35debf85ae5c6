using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Judging;
using Tidemark.Migrating;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Another chunker or model, built beside what answers.</summary>
internal static class MigrateCommand
{
    public const string Name = CommandWords.Migrate;

    public static TidemarkCommand Build(CommandHost host) => new(
        Name,
        "Changes chunker or model without a gap: builds a new generation beside the one that answers, and lets it answer when it is right.",
        "tidemark migrate start --embedder openai:text-embedding-3-small --budget 5",
        "tidemark migrate status",
        "tidemark migrate validate",
        "tidemark migrate promote",
        "tidemark migrate rollback",
        "tidemark migrate finish")
    {
        Start(host), Status(host), Validate(host), Promote(host), Rollback(host), Finish(host), Cancel(host),
    };

    private static TidemarkCommand Start(CommandHost host)
    {
        var (chunking, budget) = (SyncFlags.ChunkingOptions(), new MoneyOption("--budget")
        {
            Description = "End before the request that would make this build cost more [default: no limit but the month's]",
        });
        var dryRun = new Switch("--dry-run", "Only say what it would take, and cost");
        var retryRefused = new Switch("--retry-refused", "Send again what the new model refused before");
        var command = new TidemarkCommand(
            "start",
            "Builds the new generation from the stored texts, or goes on with it; searches and syncs go on, and syncs bring it along.",
            "tidemark migrate start --embedder hashing:768 --dry-run",
            "tidemark migrate start --chunk-size 1200");
        foreach (var option in chunking)
        {
            command.Add(option);
        }

        command.Add(budget);
        command.Add(dryRun);
        command.Add(retryRefused);
        return command.Handle(host, async (context, cancellationToken) =>
        {
            var options = OptionsOf(context) with
            {
                DryRun = dryRun.IsOn(context.Parsed),
                RetryRefused = retryRefused.IsOn(context.Parsed),
                Spending = new SpendingLimits(budget.Of(context.Parsed), context.Settings.Cost.MonthlyBudget),
            };
            using var narration = context.Narrate(Name);
            await using var index = context.ToChange(
                options.DryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync, narration.Notice);
            var report = await narration.TellAsync(
                () => index.StartMigrationAsync(options with { Progress = narration.Progress }, cancellationToken));
            var status = await index.MigrationStatusAsync(cancellationToken: CancellationToken.None);
            context.Output.Write(json => MigrationJson.Write(json, report, status), () => MigrationView.Of(report, status));
            context.Output.Complain(SyncView.Complaints(report, context.Output.ListsAll));
            return ExitCodes.Of(report);
        });
    }

    private static TidemarkCommand Status(CommandHost host)
    {
        var command = new TidemarkCommand(
            "status", "Says which generation answers, and how far the one beside it is.", "tidemark migrate status --json");
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var status = await index.MigrationStatusAsync(cancellationToken: cancellationToken);
            context.Output.Write(json => MigrationJson.Write(json, status), () => MigrationView.Of(status));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Validate(CommandHost host) => new TidemarkCommand(
        "validate",
        "Asks both generations the golden queries, and says what that says to a promotion.",
        "tidemark migrate validate --json").Handle(host, async (context, cancellationToken) =>
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var comparison = await index.ValidateMigrationAsync(cancellationToken: cancellationToken);
        context.Output.Write(json => GoldenComparisonJson.Write(json, comparison), () => GoldenComparisonView.Of(comparison));
        return comparison.Outcome == GateOutcome.Pass ? ExitCodes.Done : ExitCodes.HeldBack;
    });

    private static TidemarkCommand Promote(CommandHost host)
    {
        var accept = new Switch("--accept", "Also where the golden queries cannot decide");
        var command = new TidemarkCommand(
            "promote",
            "Lets the new generation answer, in one transaction; the former one follows it, so that 'rollback' is as instant.",
            "tidemark migrate promote")
        {
            accept,
        };
        return command.Handle(host, (context, cancellationToken) => SwitchAsync(
            context,
            OptionsOf(context) with { AcceptInconclusive = accept.IsOn(context.Parsed) },
            (index, options) => index.PromoteMigrationAsync(options, cancellationToken),
            MigrationView.Promoted));
    }

    private static TidemarkCommand Rollback(CommandHost host) => new TidemarkCommand(
        "rollback", "Lets the generation answer again that did before the last promotion.", "tidemark migrate rollback").Handle(
        host,
        (context, cancellationToken) => SwitchAsync(
            context,
            OptionsOf(context),
            (index, options) => index.RollBackMigrationAsync(options, cancellationToken),
            MigrationView.RolledBack));

    private static TidemarkCommand Finish(CommandHost host) => new TidemarkCommand(
        "finish", "Retires the former generation: syncs stop bringing it along, and there is no way back to it.", "tidemark migrate finish").Handle(
        host,
        (context, cancellationToken) => SwitchAsync(
            context,
            OptionsOf(context),
            (index, options) => index.FinishMigrationAsync(options, cancellationToken),
            MigrationView.Finished));

    private static TidemarkCommand Cancel(CommandHost host) => new TidemarkCommand(
        "cancel", "Gives a migration up that was not promoted; what was embedded for it stays stored until 'gc' takes it.", "tidemark migrate cancel").Handle(
        host,
        (context, cancellationToken) => SwitchAsync(
            context,
            OptionsOf(context),
            (index, options) => index.CancelMigrationAsync(options, cancellationToken),
            MigrationView.Cancelled));

    private static async Task<int> SwitchAsync(
        CommandContext context,
        MigrationOptions options,
        Func<TidemarkIndex, MigrationOptions, Task<MigrationSwitch>> work,
        Func<MigrationSwitch, IEnumerable<Block>> view)
    {
        await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
        var done = await work(index, options);
        context.Output.Write(json => MigrationJson.Write(json, done), () => view(done));
        return ExitCodes.Done;
    }

    private static MigrationOptions OptionsOf(CommandContext context) => new()
    {
        Wait = context.Wait,
        Spending = context.Settings.Spending,
    };
}
