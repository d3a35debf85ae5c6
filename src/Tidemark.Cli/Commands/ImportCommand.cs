using System.CommandLine;
using Tidemark.Composition;
using Tidemark.Syncing;

namespace Tidemark.Cli.Commands;

/// <summary>Adopts the chunks and vectors of another index.</summary>
internal static class ImportCommand
{
    public const string Name = "import";

    public static TidemarkCommand Build(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "What 'export --vectors' printed, or the like" };
        var command = new TidemarkCommand(
            Name,
            "Adopts what 'export --vectors' gives, with its vectors: nothing is embedded again.",
            "tidemark import index.jsonl",
            "tidemark import index.jsonl --store sqlite:copy.db")
        {
            file,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(file)!, cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        var request = new SyncOptions
        {
            Spending = context.Settings.Spending,
            Wait = context.Wait,
        };
        var above = StoreAbove.Find(context.Settings, context.Host.Folder);
        using var narration = context.Narrate(Name);
        await using var index = context.ToChange(context.Stores.OpenOrCreateAsync, narration.Notice);
        var report = await narration.TellAsync(() => index.ImportAsync(
            Path.GetFullPath(file, context.Host.Folder), request with { Progress = narration.Progress }, cancellationToken));
        return SyncRun.Print(
            context, sources: null, above is null ? report : report with { Warnings = [.. report.Warnings, above] });
    }
}
