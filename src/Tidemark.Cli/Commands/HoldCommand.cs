using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Legal holds: what must be kept.</summary>
internal static class HoldCommand
{
    public const string Name = CommandWords.Hold;

    public static TidemarkCommand Build(CommandHost host) => new(
        Name,
        "Keeps documents whatever their age or their time, until the hold is released.",
        "tidemark hold add docs/contract.md --reason 'case 17'",
        "tidemark hold list",
        "tidemark hold release docs/contract.md")
    {
        Add(host), List(host), Release(host),
    };

    private static TidemarkCommand Add(CommandHost host)
    {
        var target = new HoldTarget();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Description = "Why, for people" };
        var command = new TidemarkCommand(
            "add",
            "Neither 'gc' nor 'purge' nor 'expire' takes what is held, and 'forget' refuses it.",
            "tidemark hold add --source customers/17 --reason 'audit 2026'")
        {
            target.Document, target.Source, reason,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            var (scope, id) = target.Of(context.Parsed);
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            var added = await index.AddHoldAsync(scope, id, context.Parsed.GetValue(reason) ?? "", cancellationToken: cancellationToken);
            context.Output.Write(json => HoldJson.Write(json, scope, id, added), () => HoldView.Of(id, added));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand List(CommandHost host)
    {
        var command = new TidemarkCommand("list", "Lists what is held, since when and why.", "tidemark hold list --json");
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var holds = await index.HoldsAsync(cancellationToken: cancellationToken);
            context.Output.Write(json => HoldJson.Write(json, holds), () => HoldView.Of(holds));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Release(CommandHost host)
    {
        var target = new HoldTarget();
        var command = new TidemarkCommand("release", "Ends a hold.", "tidemark hold release docs/contract.md")
        {
            target.Document, target.Source,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            var (scope, id) = target.Of(context.Parsed);
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            await index.ReleaseHoldAsync(scope, id, cancellationToken: cancellationToken);
            context.Output.Write(json => HoldJson.Write(json, scope, id, added: null), () => HoldView.Of(id, "not held any more"));
            return ExitCodes.Done;
        });
    }

    /// <summary>A document, or a source id.</summary>
    private sealed class HoldTarget
    {
        public Argument<string> Document { get; } = new("DOCUMENT") { Description = "The document's id", Arity = ArgumentArity.ZeroOrOne };

        public Option<string> Source { get; } = new("--source") { HelpName = "ID", Description = "All documents of a source id, also of those to come" };

        /// <exception cref="TidemarkException"><c>usage</c>.</exception>
        public (SafeguardScope Scope, string Id) Of(ParseResult parsed) => (parsed.GetValue(Document), parsed.GetValue(Source)) switch
        {
            ({ Length: > 0 } document, null) => (SafeguardScope.Document, document),
            (null, { Length: > 0 } source) => (SafeguardScope.SourceId, source),
            _ => throw new TidemarkException(
                ErrorCodes.Usage, "it is not said, or said twice, what is held", "name a document, or '--source ID'"),
        };
    }
}
