using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Lifecycle;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Closes what has expired.</summary>
internal static class ExpireCommand
{
    public const string Name = "expire";

    public static TidemarkCommand Build(CommandHost host)
    {
        var dryRun = new Switch("--dry-run", "Only say what would be closed");
        var command = new TidemarkCommand(
            Name,
            "Closes documents whose time ('expires_at') is over; they are in no answer from that instant on, closed or not.",
            "tidemark expire",
            "tidemark expire --dry-run")
        {
            dryRun,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(context, dryRun.IsOn(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, bool dryRun, CancellationToken cancellationToken)
    {
        var options = new LifecycleOptions { DryRun = dryRun, Wait = context.Wait };
        await using var index = context.ToAsk(dryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync);
        var report = await index.ExpireAsync(options, cancellationToken);
        context.Output.Write(json => LifecycleReportJson.Write(json, report), () => LifecycleView.Of(report, "closed", "would close"));
        return ExitCodes.Of(report);
    }
}
