using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Postgres.Feeding;
using Tidemark.Reporting;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>How a namespace stands.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    public static TidemarkCommand Build(CommandHost host)
    {
        var check = new Switch("--check", "End with exit code 4 if there is an alert; asks the databases of feeds as well");
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
        if (check)
        {
            status = status with { Alerts = [.. status.Alerts, .. await LostAsync(context, index, cancellationToken)] };
        }

        context.Output.Write(
            json => StatusReportJson.Write(json, status), () => StatusView.Of(
                status, context.Settings.Store.ToString(), [.. context.Settings.Sources.Select(source => source.Name)]));
        if (check && context.Output.IsQuiet)
        {
            context.Output.Complain(StatusView.Alerts(status));
        }

        return check && status.Alerts.Count > 0 ? ExitCodes.Drift : ExitCodes.Done;
    }

    /// <summary>
    /// What only the databases know: that one has removed the log of a slot that nobody reads. One that is away, or whose address is not known here, is the
    /// concern of whoever carries its feed on.
    /// </summary>
    private static async Task<IReadOnlyList<Alert>> LostAsync(CommandContext context, TidemarkIndex index, CancellationToken cancellationToken)
    {
        var lost = new List<Alert>();
        var composer = new FeedComposer(context.Settings, context.Host.Environment);
        foreach (var feed in context.Settings.Feeds)
        {
            try
            {
                var options = composer.Compose([feed.Name])[0];
                var found = await new PostgresFeed(index, options, context.Host.Clock).StatusAsync(cancellationToken);
                if (found.State == PostgresFeedStatus.Lost)
                {
                    lost.Add(new Alert(
                        AlertCodes.FeedTrouble,
                        $"the slot '{found.Slot}' of the feed '{feed.Name}' is lost: what it had not read is gone from the database's log, and the next 'tidemark feed' reads everything again"));
                }
            }
            catch (TidemarkException)
            {
            }
        }

        return lost;
    }
}
