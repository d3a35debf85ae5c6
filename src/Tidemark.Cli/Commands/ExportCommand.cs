using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What a reader of the index gets, as JSON lines.</summary>
internal static class ExportCommand
{
    public const string Name = "export";

    public static TidemarkCommand Build(CommandHost host)
    {
        var vectors = new Switch("--vectors", "With vector, space and heading, as 'import' takes them back");
        var command = new TidemarkCommand(
            Name,
            "Prints the live chunks as JSON lines, by document and ordinal.",
            "tidemark export > chunks.jsonl",
            "tidemark export --vectors > index.jsonl")
        {
            vectors,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, vectors.IsOn(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, bool vectors, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var @namespace = await index.NamespaceAsync(cancellationToken: cancellationToken);
        var space = vectors ? @namespace.Generation?.Pipeline.Space : null;
        var chunks = index.ChunksAsync(vectors, cancellationToken: cancellationToken);
        await JsonStream.WriteLinesAsync(
            context.Host.Terminal, chunks, (json, chunk) => ChunkLineJson.Write(json, chunk, space));
        return ExitCodes.Done;
    }
}
