using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What one document was, from when to when.</summary>
internal static class HistoryCommand
{
    public const string Name = "history";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new DocumentArgument("The document's id; it may be gone");
        var command = new TidemarkCommand(
            Name,
            "Shows the states of a document that are still kept, newest first: from when to when, and what changed.",
            "tidemark history docs/install.md",
            "tidemark show docs/install.md --as-of 12")
        {
            document,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, document.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string id, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var history = await index.HistoryAsync(id, cancellationToken: cancellationToken);
        context.Output.Write(json => HistoryJson.Write(json, history), () => HistoryView.Of(history));
        return ExitCodes.Done;
    }
}
