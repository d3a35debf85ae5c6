using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Lifecycle;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>The documents that the index holds.</summary>
internal static class ListCommand
{
    public const string Name = "list";

    public static TidemarkCommand Build(CommandHost host)
    {
        var prefix = new Argument<string>("PREFIX")
        {
            Description = "Only documents whose id starts with it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var asOf = new AsOfOption();
        var command = new TidemarkCommand(
            Name,
            "Lists the documents of the index, by id.",
            "tidemark list",
            "tidemark list docs/guide/ --json")
        {
            prefix,
            asOf,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(prefix) ?? "", asOf.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string prefix, PointInTime? asOf, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var documents = index.DocumentsAsync(prefix, asOf: asOf, cancellationToken: cancellationToken);
        if (context.Output.IsJson)
        {
            await JsonStream.WriteArrayAsync(
                context.Host.Terminal, documents, (json, document) => DocumentJson.Write(json, document));
            return ExitCodes.Done;
        }

        var output = context.Host.Terminal.Output;
        await foreach (var document in documents)
        {
            if (!context.Output.IsQuiet)
            {
                output.WriteLine(
                    $"{document.Chunks,6} {(document.Chunks == 1 ? "chunk " : "chunks")}  "
                    + $"{Units.Time(document.UpdatedAt)}  {Printable.Escape(document.Id)}");
            }
        }

        return ExitCodes.Done;
    }
}
