using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Records;
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
        var expiring = new PeriodOption("--expiring", "Only those that expire within this time (7d, 12h)");
        var command = new TidemarkCommand(
            Name,
            "Lists the documents of the index, by id.",
            "tidemark list",
            "tidemark list docs/guide/ --json",
            "tidemark list --expiring 7d")
        {
            prefix,
            asOf,
            expiring,
        };
        return command.Handle(host, (context, cancellationToken) =>
        {
            var (moment, within) = (asOf.Of(context.Parsed), expiring.Of(context.Parsed));
            return moment is not null && within is not null
                ? throw new TidemarkException(
                    ErrorCodes.Usage, "'--expiring' and '--as-of' do not go together: what expires is told of today", "leave one of them out")
                : RunAsync(context, context.Parsed.GetValue(prefix) ?? "", moment, within, cancellationToken);
        });
    }

    private static async Task<int> RunAsync(
        CommandContext context, string prefix, PointInTime? asOf, TimeSpan? expiring, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var documents = index.DocumentsAsync(prefix, asOf: asOf, cancellationToken: cancellationToken);
        if (expiring is { } within)
        {
            var until = context.Host.Clock.GetUtcNow() + within;
            documents = documents.Where(document => document.ExpiresAt <= until);
        }

        if (context.Output.IsJson)
        {
            await JsonStream.WriteArrayAsync(
                context.Host.Terminal, documents, (json, document) => DocumentJson.Write(json, document));
            return ExitCodes.Done;
        }

        var output = context.Host.Terminal.Output;
        var listed = 0;
        await foreach (var document in documents)
        {
            listed++;
            if (!context.Output.IsQuiet)
            {
                output.WriteLine(
                    $"{document.Chunks,6} {(document.Chunks == 1 ? "chunk " : "chunks")}  "
                    + $"{Units.Time(expiring is null ? document.UpdatedAt : document.ExpiresAt!.Value)}  {Printable.Escape(document.Id)}");
            }
        }

        if (listed == 0 && !context.Output.IsQuiet)
        {
            var which = prefix.Length > 0 ? $"document whose id begins with '{Printable.Escape(prefix)}'" : "document";
            output.WriteLine(expiring is null ? $"  there is no {which}" : $"  no {which} expires so soon");
        }

        return ExitCodes.Done;
    }
}
