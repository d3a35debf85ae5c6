using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
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
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var (document, chunks) = await index.DocumentAsync(id, cancellationToken: cancellationToken);
        context.Output.Write(
            json => DocumentJson.Write(json, document, chunks), () => DocumentView.Of(document, chunks));
        return ExitCodes.Done;
    }
}
