using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What a reader of the index gets, as JSON lines.</summary>
internal static class ExportCommand
{
    public const string Name = "export";

    public static TidemarkCommand Build(CommandHost host)
    {
        var vectors = new Switch("--vectors", "With vector, space and heading, as 'import' takes them back");
        var asOf = new AsOfOption();
        var command = new TidemarkCommand(
            Name,
            "Prints the live chunks as JSON lines, by document and ordinal.",
            "tidemark export > chunks.jsonl",
            "tidemark export --vectors > index.jsonl")
        {
            vectors,
            asOf,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, vectors.IsOn(context.Parsed), asOf.Of(context.Parsed), cancellationToken));
    }

    /// <summary>What has no chunk has no line, and nobody who takes the lines back would miss it.</summary>
    private static async Task TellAsync(CommandContext context, ITidemarkStore store, CancellationToken cancellationToken)
    {
        try
        {
            var figures = await store.Reader.FiguresAsync(context.Namespace, context.Host.Clock.GetUtcNow(), cancellationToken);
            if (figures.WithoutText > 0)
            {
                context.Output.Note($"{Units.Count(figures.WithoutText, "document has", "documents have")} no text, and so no line: "
                    + "an import will not know of them");
            }
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            context.Output.Note($"what was printed was compared with its seals and is whole, but {e.Message}: {e.Remedy}");
        }
    }

    private static async Task<int> RunAsync(CommandContext context, bool vectors, PointInTime? asOf, CancellationToken cancellationToken)
    {
        if (vectors && asOf is not null)
        {
            throw new TidemarkException(ErrorCodes.Usage, "'--vectors' and '--as-of' do not go together: vectors are those of today", "leave one of them out");
        }

        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var @namespace = await index.NamespaceAsync(cancellationToken: cancellationToken);
        var space = vectors ? @namespace.Generation?.Pipeline.Space : null;
        var chunks = index.ChunksAsync(vectors, asOf: asOf, cancellationToken: cancellationToken);
        await JsonStream.WriteLinesAsync(
            context.Host.Terminal, chunks, (json, chunk) => ChunkLineJson.Write(json, chunk, space));
        if (vectors && !context.Output.IsQuiet)
        {
            await TellAsync(context, await index.OpenStoreAsync(cancellationToken), cancellationToken);
        }

        return ExitCodes.Done;
    }
}
