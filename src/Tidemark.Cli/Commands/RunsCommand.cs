using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>The history of a namespace, and what it cost.</summary>
internal static class RunsCommand
{
    public const string Name = "runs";

    public static TidemarkCommand Build(CommandHost host)
    {
        var limit = new NumberOption("--limit", "N", 50, (1, 1_000_000))
        {
            Description = "How many, newest first [default: 50; 12 months]",
        };
        var months = new Switch("--months", "What each month cost and why, all namespaces together, instead of runs");
        var command = new TidemarkCommand(
            Name,
            "Shows the runs with their skip rate and cost, newest first.",
            "tidemark runs",
            "tidemark runs --months",
            "tidemark runs --limit 5 --json")
        {
            limit,
            months,
        };
        return command.Handle(host, (context, cancellationToken) => months.IsOn(context.Parsed)
            ? MonthsAsync(context, context.Parsed.GetResult(limit) is null ? 12 : limit.Of(context.Parsed), cancellationToken)
            : RunAsync(context, limit.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, int limit, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var (runs, paid) = await index.RunsAsync(limit, cancellationToken: cancellationToken);
        context.Output.Write(json => RunJson.Write(json, runs, paid), () => RunsView.Of(runs, paid));
        return ExitCodes.Done;
    }

    private static async Task<int> MonthsAsync(CommandContext context, int limit, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var entries = await index.MonthsAsync(limit, cancellationToken);
        context.Output.Write(json => LedgerJson.Write(json, entries), () => MonthsView.Of(entries));
        return ExitCodes.Done;
    }
}
