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
        var flags = new ImportFlags();
        var file = new Argument<string>("FILE")
        {
            Description = "What 'export --vectors' printed, or the like; with --from the address of a database or of a collection (env:NAME: the variable has it)",
        };
        var command = new TidemarkCommand(
            Name,
            "Adopts what 'export --vectors' gives, with its vectors, or the vectors that another system has: nothing is embedded again.",
            "tidemark import index.jsonl",
            "tidemark import index.jsonl --store sqlite:copy.db",
            "tidemark import --from pgai env:DATABASE --collection blog --dry-run",
            "tidemark import --from chroma chroma:http://localhost:8000/handbook",
            "tidemark import --from table env:DATABASE --table t --text body --vector v")
        {
            file, flags.From,
        };
        foreach (var option in flags.Others)
        {
            command.Add(option);
        }

        return command.Handle(host, (context, cancellationToken) =>
        {
            var named = context.Parsed.GetValue(file)!;
            if (context.Parsed.GetValue(flags.From) is not null)
            {
                return ImportFrom.RunAsync(context, flags, named, cancellationToken);
            }

            ImportFrom.RequireNone(context, flags);
            return RunAsync(context, named, cancellationToken);
        });
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
