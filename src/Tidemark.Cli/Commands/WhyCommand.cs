using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What was last embedded for a document, and which input caused it.</summary>
internal static class WhyCommand
{
    public const string Name = "why";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new DocumentArgument();
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
            RunAsync(context, document.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string id, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var why = await index.WhyAsync(id, cancellationToken: cancellationToken);
        context.Output.Write(json => WhyReportJson.Write(json, why), () => WhyView.Of(why));
        return ExitCodes.Done;
    }
}
