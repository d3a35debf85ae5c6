using Tidemark.Adopting;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Takes the vectors of another system over.</summary>
internal static class ImportFrom
{
    /// <param name="context">Of the call.</param>
    /// <param name="flags">What was said beside the address.</param>
    /// <param name="address">Of the other system.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public static async Task<int> RunAsync(CommandContext context, ImportFlags flags, string address, CancellationToken cancellationToken)
    {
        var (parsed, output) = (context.Parsed, context.Output);
        var settings = new OriginSettings(parsed.GetValue(flags.From)!, address)
        {
            Collection = parsed.GetValue(flags.Collection),
            Table = parsed.GetValue(flags.Table),
            Text = parsed.GetValue(flags.Text),
            Vector = parsed.GetValue(flags.Vector),
            Id = parsed.GetValue(flags.Id),
        };
        await using var origin = new OriginComposer(context.Host.Environment, context.Host.Clock).Compose(settings);
        var isDry = flags.DryRun.IsOn(parsed);
        using var progress = ProgressLine.Start(output, context.Host.Clock);
        await using var index = context.ToChange(isDry ? context.Stores.OpenForPlanAsync : context.Stores.OpenOrCreateAsync);
        var report = await index.AdoptAsync(
            origin,
            new AdoptionOptions
            {
                DryRun = isDry,
                Trust = flags.Trust.IsOn(parsed),
                Shorten = flags.Shorten.IsOn(parsed),
                Spending = new SpendingLimits(flags.Budget.Of(parsed), context.Settings.Cost.MonthlyBudget),
                Progress = progress,
            },
            cancellationToken);
        progress?.Clear();
        output.Write(json => AdoptionReportJson.Write(json, settings.Kind, report), () => AdoptionView.Of(report));
        output.Complain([.. SyncView.Failures(report.Errors, output.ListsAll), .. SyncView.Warnings(report.Warnings, output.ListsAll)]);
        return report.Outcome switch
        {
            RunOutcome.Cancelled => ExitCodes.Cancelled,
            RunOutcome.Partial => ExitCodes.SomeFailed,
            _ => ExitCodes.Done,
        };
    }

    /// <exception cref="TidemarkException"><c>usage</c>: something was said that means nothing of a file.</exception>
    public static void RequireNone(CommandContext context, ImportFlags flags)
    {
        if (flags.Others.FirstOrDefault(option => context.Parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"'{option.Name}' says nothing of a file", "leave it out, or name the other system with --from pgai, langchain-pgvector, chroma or table");
        }
    }
}
