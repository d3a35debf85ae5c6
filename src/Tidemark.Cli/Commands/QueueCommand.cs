using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Queueing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What waits in the queue: looking at it, trying again, giving up.</summary>
internal static class QueueCommand
{
    public const string Name = "queue";

    public static TidemarkCommand Build(CommandHost host) => new(
        Name,
        "Shows the change queue, tries dead letters again, gives changes up.",
        "tidemark queue status",
        "tidemark queue retry",
        "tidemark queue drop 17")
    {
        Status(host), Retry(host), Drop(host),
    };

    private static TidemarkCommand Status(CommandHost host)
    {
        var limit = new NumberOption("--limit", "N", 100, (0, 100_000))
        {
            Description = "So many changes that have failed are listed [default: 100]",
        };
        var command = new TidemarkCommand(
            "status", "Counts what waits, and lists what failed, with its reason.", "tidemark queue status --json")
        {
            limit,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var counts = await index.Queue.CountAsync(cancellationToken: cancellationToken);
            var dead = await index.Queue.ListAsync(
                QueuedState.Dead, limit.Of(context.Parsed), cancellationToken: cancellationToken);
            var now = context.Host.Clock.GetUtcNow();
            context.Output.Write(
                json => QueueJson.WriteStatus(json, context.Namespace, counts, dead, now),
                () => QueueView.Of(counts, dead, now));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Retry(CommandHost host)
    {
        var documents = new Argument<string[]>("DOCUMENT")
        {
            Description = "Ids of documents; none: all dead letters",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new TidemarkCommand(
            "retry",
            "Makes dead letters due again, as if they had never failed; what the model had refused is sent again.",
            "tidemark queue retry",
            "tidemark queue retry 17")
        {
            documents,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            var options = new RetryOptions { Documents = Named(context.Parsed.GetValue(documents)), Wait = context.Wait };
            var retried = await index.Queue.RetryAsync(options, cancellationToken);
            context.Output.Write(
                json => QueueJson.WriteRetried(json, context.Namespace, retried), () => QueueView.Retried(retried));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Drop(CommandHost host)
    {
        var documents = new Argument<string[]>("DOCUMENT")
        {
            Description = "Ids of documents whose changes are given up",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var dead = new Switch("--dead", "Give all dead letters up");
        var all = new Switch("--all", "Give everything up that waits");
        var command = new TidemarkCommand(
            "drop",
            "Gives changes up: they leave the queue without effect. The index stays as it is.",
            "tidemark queue drop 17",
            "tidemark queue drop --dead")
        {
            documents, dead, all,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            var options = new DropOptions
            {
                Documents = Named(context.Parsed.GetValue(documents)),
                Dead = dead.IsOn(context.Parsed),
                All = all.IsOn(context.Parsed),
                Wait = context.Wait,
            };
            var dropped = await index.Queue.DropAsync(options, cancellationToken);
            context.Output.Write(
                json => QueueJson.WriteDropped(json, context.Namespace, dropped), () => QueueView.Dropped(dropped));
            return ExitCodes.Done;
        });
    }

    private static string[]? Named(string[]? documents) => documents is { Length: > 0 } named ? named : null;
}
