using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>How a namespace stands.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    public static TidemarkCommand Build(CommandHost host)
    {
        var check = new Switch("--check", "End with exit code 4 if there is an alert");
        var command = new TidemarkCommand(
            Name,
            "Shows how the index stands: size, generation, last run, freshness, this month's cost, alerts.",
            "tidemark status",
            "tidemark status --check --quiet || page-somebody",
            "tidemark status --json --namespace audit")
        {
            check,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, check.IsOn(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, bool check, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var status = await index.StatusAsync(context.Settings.Status, cancellationToken);
        context.Output.Write(
            json => StatusReportJson.Write(json, status), () => StatusView.Of(status, context.Settings.Store.ToString()));
        if (check && context.Output.IsQuiet)
        {
            context.Output.Complain(StatusView.Alerts(status));
        }

        return check && status.Alerts.Count > 0 ? ExitCodes.Drift : ExitCodes.Done;
    }
}
