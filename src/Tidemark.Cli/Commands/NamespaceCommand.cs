using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>The namespaces of a store.</summary>
internal static class NamespaceCommand
{
    public const string Name = "namespace";

    public static TidemarkCommand Build(CommandHost host)
    {
        var list = new TidemarkCommand("list", "Lists the namespaces of the store.", "tidemark namespace list")
            .Handle(host, ListAsync);
        var name = new Argument<string>("NAME") { Description = "The namespace to remove" };
        var yes = new Switch("--yes", "Do not ask, also at a terminal");
        var suppressions = new Switch("--drop-suppressions", "Also what is remembered of what was forgotten in it: the next sync may take it again");
        var drop = new TidemarkCommand(
            "drop",
            "Removes a namespace with everything it holds; embeddings stay until 'gc' collects them.",
            "tidemark namespace drop experiment")
        {
            name, yes, suppressions,
        };
        drop.Handle(host, (context, cancellationToken) =>
            DropAsync(
                context,
                context.Parsed.GetValue(name)!,
                (yes.IsOn(context.Parsed), suppressions.IsOn(context.Parsed)),
                cancellationToken));
        return new TidemarkCommand(
            Name,
            "Lists or removes namespaces.",
            "tidemark namespace list",
            "tidemark namespace drop experiment")
        {
            list, drop,
        };
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var namespaces = await index.NamespacesAsync(cancellationToken);
        context.Output.Write(
            json => NamespaceJson.Write(json, namespaces), () => NamespaceView.Of(namespaces));
        return ExitCodes.Done;
    }

    private static async Task<int> DropAsync(
        CommandContext context, string name, (bool Unasked, bool Suppressions) told, CancellationToken cancellationToken)
    {
        // With '--index store' an external index is left alone, for instance because its server is gone for good.
        await using var index = context.ToAsk(
            context.Stores.OpenForWritingAsync, leavesExternalIndexes: context.AskedIndex == PipelineIdentity.InStore);
        var dropped = await index.NamespaceAsync(name, cancellationToken);
        if (!told.Unasked && context.Host.CanAsk && !context.Host.Confirm(NamespaceView.QuestionOf(dropped)))
        {
            throw new TidemarkException(ErrorCodes.Cancelled, $"the namespace '{name}' was kept", "answer 'y', or say --yes, to remove it");
        }

        await index.DropNamespaceAsync(name, context.Wait, told.Suppressions, cancellationToken);
        context.Output.Write(
            json => NamespaceJson.WriteDropped(json, dropped), () => NamespaceView.Dropped(dropped));
        return ExitCodes.Done;
    }
}
