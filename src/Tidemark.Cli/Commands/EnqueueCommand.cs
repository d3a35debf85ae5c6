using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Streaming;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Puts changes into the queue, for workers to carry out.</summary>
internal static class EnqueueCommand
{
    public const string Name = "enqueue";

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new SourceOptions();
        var files = new Argument<string[]>("FILE")
        {
            Description = "A file of JSON lines, - (standard input), or a configured source of JSON lines; none: standard input",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new TidemarkCommand(
            Name,
            "Puts changes into the queue: upserts and tombstones in JSON lines, as 'sync' reads them. Nothing is embedded here.",
            "tidemark enqueue changes.jsonl",
            "change-feed | tidemark enqueue --source-id-template 'db/products/{id}'")
        {
            files,
        };
        options.AddRecordsTo(command);
        return command.Handle(
            host,
            (context, cancellationToken) => RunAsync(context, context.Parsed.GetValue(files) ?? [], cancellationToken),
            options);
    }

    private static async Task<int> RunAsync(CommandContext context, string[] files, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var resolver = new SourceResolver(settings, context.Host.Folder, context.SourceFlags);
        var sources = resolver.Resolve(files.Length == 0 ? [SourceSettings.StandardInput] : files, required: true);
        if (sources.FirstOrDefault(source => source.Type != SourceType.JsonLines) is { } directory)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"'{directory.Name}' is {(directory.Sql is not null ? "a database" : directory.Git is null ? "a directory" : "a tree of git")}, and the queue takes JSON lines",
                "run 'tidemark sync' for it: that finds out by itself what changed there");
        }

        if (sources.FirstOrDefault(source => source.Connector is not null) is { } connector)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"'{connector.Given}' has a connector's messages, and the queue takes records in JSON lines",
                $"run 'tidemark sync {connector.Given} --format {connector.Format}', which hands the connector's states on");
        }

        var factory = new SourceFactory(settings, cleanup: null, context.Host.Clock) { ForQueue = true, StandardInput = StandardInput.Open };
        var request = new EnqueueOptions
        {
            Sources = factory.Create(sources),
            MostWaiting = settings.Queue.MaxPending,
        };
        if (!await context.Stores.ExistsAsync(cancellationToken))
        {
            await factory.LookAsync(cancellationToken);
        }

        var above = StoreAbove.Find(settings, context.Host.Folder);
        await using var index = context.ToChange(context.Stores.OpenOrCreateAsync);
        var report = await index.EnqueueAsync(request, cancellationToken);
        context.Output.Write(json => EnqueueReportJson.Write(json, report), () => QueueView.Of(report));
        context.Output.Complain(SyncView.Failures(report.Errors, context.Output.ListsAll));
        context.Output.Complain(SyncView.Warnings(above is null ? [] : [above], context.Output.ListsAll));
        return report.Failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
