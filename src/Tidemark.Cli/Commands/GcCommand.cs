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
        var reindex = new Switch(
            "--reindex",
            "Also make indexes anew of which much is dead: on PostgreSQL beside whoever works; on SQLite the index of words is put together");
        var vacuum = new Switch(
            "--vacuum",
            "Also give back room that nothing uses: an SQLite file is written anew once, and shortened in steps from then on; PostgreSQL frees it for what comes");
        var command = new TidemarkCommand(
            Name,
            "Removes history, embeddings and runs that nothing needs and whose retention is over, in small steps beside whoever works.",
            "tidemark gc --dry-run",
            "tidemark gc",
            "tidemark gc --reindex --vacuum")
        {
            dryRun, reindex, vacuum,
        };
        return command.Handle(host, (context, cancellationToken) =>
        {
            var options = context.Settings.Retention.Options with
            {
                DryRun = dryRun.IsOn(context.Parsed),
                Reindex = reindex.IsOn(context.Parsed),
                Compact = vacuum.IsOn(context.Parsed),
                Wait = context.Wait,
            };
            return RunAsync(context, options, cancellationToken);
        });
    }

    private static async Task<int> RunAsync(CommandContext context, GarbageOptions options, CancellationToken cancellationToken)
    {
        await using var index = context.ToChange(options.DryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync);
        if (context.NamesNamespace)
        {
            await index.NamespaceAsync(cancellationToken: cancellationToken); // all are collected; who names one that is not there mistakes the store
        }

        var report = await index.CollectAsync(options, cancellationToken);
        context.Output.Write(json => GarbageReportJson.Write(json, report), () => GarbageView.Of(report));
        return ExitCodes.Done;
    }
}
