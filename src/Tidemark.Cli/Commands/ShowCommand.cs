using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>One document with its chunks.</summary>
internal static class ShowCommand
{
    public const string Name = "show";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new Argument<string>("DOCUMENT") { Description = "The document's id" };
        var command = new TidemarkCommand(
            Name,
            "Shows one document with its chunks.",
            "tidemark show docs/install.md",
            "tidemark show docs/install.md --json")
        {
            document,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(document)!, cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string id, CancellationToken cancellationToken)
    {
        await using var store = await context.Stores.OpenForReadingAsync(cancellationToken);
        await NamedThings.RequireNamespaceAsync(store.Reader, context.Namespace, cancellationToken);
        var document = await NamedThings.RequireDocumentAsync(store.Reader, context.Namespace, id, cancellationToken);
        var chunks = new List<IndexedChunk>(document.Chunks);
        var stored = store.Reader.ChunksAsync(context.Namespace, id, withVectors: false, cancellationToken);
        await foreach (var chunk in stored)
        {
            chunks.Add(chunk);
        }

        context.Output.Write(
            json => DocumentJson.Write(json, document, chunks), () => DocumentView.Of(document, chunks));
        return ExitCodes.Done;
    }
}
