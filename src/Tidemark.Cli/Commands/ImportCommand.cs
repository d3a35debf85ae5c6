using System.CommandLine;
using Tidemark.Cli.Composition;
using Tidemark.Cli.Hosting;
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
        var import = await ImportChoice.OpenAsync(Path.GetFullPath(file, context.Host.Folder), cancellationToken);
        await using var store = await context.Stores.OpenOrCreateAsync(cancellationToken);
        var known = await store.Reader.NamespaceAsync(context.Namespace, cancellationToken);
        var settings = ImportChoice.Pipeline(context.Settings.Pipeline, known, import);
        var built = known?.Generation?.Pipeline;
        var spec = EmbedderChoice.Decide(settings.Embedder, built?.Space, []);
        var model = await context.Embedders.CreateAsync(spec, cancellationToken);
        var pipeline = PipelineBuilder.Build(settings, built, model);
        var request = new SyncOptions
        {
            Namespace = context.Namespace,
            Sources = import.Sources,
            AppendOnly = context.Settings.AppendOnly,
            Spending = new SpendingLimits(null, context.Settings.Cost.MonthlyBudget),
            Wait = context.Wait,
            KeepText = context.Settings.KeepText,
            Command = Name,
        };
        var report = await context.Narration.TellAsync(Name, context.Priced(pipeline), (watched, progress) =>
            new SyncEngine(store, watched, context.Host.Clock).SyncAsync(request with { Progress = progress }, cancellationToken));
        return SyncRun.Print(context, sources: null, report);
    }
}
