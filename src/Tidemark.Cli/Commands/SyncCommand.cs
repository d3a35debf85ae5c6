using Tidemark.Cli.Options;

namespace Tidemark.Cli.Commands;

/// <summary>Brings the index in step with its sources.</summary>
internal static class SyncCommand
{
    public const string Name = "sync";

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new SyncFlags();
        var dryRun = new Switch("--dry-run", "The same as plan: write nothing");
        var command = new TidemarkCommand(
            Name,
            "Brings the index in step: finds what changed, embeds only that, applies exactly that.",
            "tidemark sync docs",
            "tidemark sync docs notes products.jsonl",
            "tidemark sync products.jsonl --text-template '{name}: {about}'",
            "database-dump | tidemark sync - --source-name products --cleanup full",
            "tidemark sync docs --exclude 'drafts/**' --max-delete 5%",
            "tidemark sync --rebuild --chunk-size 1200");
        options.AddTo(command);
        command.Add(dryRun);
        return command.Handle(
            host,
            (context, cancellationToken) => dryRun.IsOn(context.Parsed)
                ? SyncRun.PlanAsync(context, options, file: null, cancellationToken)
                : SyncRun.SyncAsync(context, options, cancellationToken),
            options.Sources);
    }
}
