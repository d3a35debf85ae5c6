using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Collects what nothing needs any more.</summary>
internal static class GcCommand
{
    public const string Name = "gc";

    public static TidemarkCommand Build(CommandHost host)
    {
        var dryRun = new Switch("--dry-run", "Only say what would go");
        var vacuum = new Switch("--vacuum", "Also give back room that nothing uses: an SQLite file is written anew and shorter; PostgreSQL frees it for what comes");
        var command = new TidemarkCommand(
            Name,
            "Removes history and embeddings that nothing needs and whose retention is over.",
            "tidemark gc --dry-run",
            "tidemark gc",
            "tidemark gc --vacuum")
        {
            dryRun, vacuum,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, dryRun.IsOn(context.Parsed), vacuum.IsOn(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, bool dryRun, bool vacuum, CancellationToken cancellationToken)
    {
        var options = context.Settings.Retention.Options with { DryRun = dryRun, Compact = vacuum, Wait = context.Wait };
        await using var index = context.ToChange(dryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync);
        if (context.NamesNamespace)
        {
            await index.NamespaceAsync(cancellationToken: cancellationToken); // all are collected; who names one that is not there mistakes the store
        }

        var report = await index.CollectAsync(options, cancellationToken);
        context.Output.Write(json => GarbageReportJson.Write(json, report), () => GarbageView.Of(report));
        return ExitCodes.Done;
    }
}
