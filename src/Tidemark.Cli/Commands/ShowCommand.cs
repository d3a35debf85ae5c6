using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>One document with its chunks.</summary>
internal static class ShowCommand
{
    public const string Name = "show";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new DocumentArgument();
        var asOf = new AsOfOption();
        var command = new TidemarkCommand(
            Name,
            "Shows one document with its chunks.",
            "tidemark show docs/install.md",
            "tidemark show docs/install.md --as-of 12",
            "tidemark show docs/install.md --json")
        {
            document,
            asOf,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, document.Of(context.Parsed), asOf.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string id, PointInTime? asOf, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var (document, chunks) = await index.DocumentAsync(id, asOf: asOf, cancellationToken: cancellationToken);
        context.Output.Write(
            json => DocumentJson.Write(json, document, chunks), () => DocumentView.Of(document, chunks));
        return ExitCodes.Done;
    }
}
