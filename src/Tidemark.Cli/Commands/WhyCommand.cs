using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Reporting;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What was last embedded for a document, and which input caused it.</summary>
internal static class WhyCommand
{
    public const string Name = "why";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new Argument<string>("DOCUMENT") { Description = "The document's id" };
        var command = new TidemarkCommand(
            Name,
            "Says for each chunk of a document which input made it be embedded (text, chunker, model, template, force), "
            + "when, in which run and at what cost, or where its vector came from.",
            "tidemark why docs/install.md",
            "tidemark why docs/install.md --json")
        {
            document,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(document)!, cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string id, CancellationToken cancellationToken)
    {
        await using var store = await context.Stores.OpenForReadingAsync(cancellationToken);
        var @namespace = await NamedThings.RequireNamespaceAsync(store.Reader, context.Namespace, cancellationToken);
        var document = await NamedThings.RequireDocumentAsync(store.Reader, context.Namespace, id, cancellationToken);
        var chunks = await store.Reader.OriginsAsync(context.Namespace, id, cancellationToken);
        var why = new WhyReport(document, context.Namespace, @namespace.Generation!.Pipeline, chunks);
        context.Output.Write(json => WhyReportJson.Write(json, why), () => WhyView.Of(why));
        return ExitCodes.Done;
    }
}
