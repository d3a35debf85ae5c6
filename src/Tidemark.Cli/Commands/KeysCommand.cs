using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>The keys of a service over the store.</summary>
internal static class KeysCommand
{
    public const string Name = CommandWords.Keys;

    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(1);

    public static TidemarkCommand Build(CommandHost host) => new(
        Name,
        "Makes, lists, rotates and revokes the keys by which the HTTP service is called.",
        "tidemark keys create indexer --scope write --namespaces handbook",
        "tidemark keys list",
        "tidemark keys revoke k3v7q2m5x4aa")
    {
        Create(host), List(host), Revoke(host), Rotate(host),
    };

    private static TidemarkCommand Create(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "Who or what uses it, for people" };
        var request = new KeyFlags();
        var command = new TidemarkCommand(
            "create",
            "Makes a key and shows it, this once; the store keeps a hash of it.",
            "tidemark keys create dashboard",
            "tidemark keys create indexer --scope write --namespaces handbook,wiki --expires 90d --json")
        {
            name, request.Scope, request.Namespaces, request.Expires, request.RequestsPerMinute, request.TokensPerDay,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            RequireSeen(context);
            RequireUnnamed(context);
            var asked = request.Of(context.Parsed, context.Parsed.GetValue(name)!, context.Host.Clock.GetUtcNow());
            await using var index = context.ToAsk(context.Stores.OpenOrCreateAsync);
            return Print(context, await index.Keys.CreateAsync(asked, cancellationToken));
        });
    }

    private static TidemarkCommand List(CommandHost host)
    {
        var command = new TidemarkCommand(
            "list", "Lists the keys, what they may do, and when they were used last; never the keys themselves.", "tidemark keys list --json");
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var keys = await index.Keys.ListAsync(cancellationToken);
            var now = context.Host.Clock.GetUtcNow();
            context.Output.Write(json => AccessKeyJson.Write(json, keys), () => KeysView.Of(keys, now));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Revoke(CommandHost host)
    {
        var id = Id();
        var command = new TidemarkCommand("revoke", "Ends a key at once.", "tidemark keys revoke k3v7q2m5x4aa") { id };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            var revoked = await index.Keys.RevokeAsync(context.Parsed.GetValue(id)!, cancellationToken);
            context.Output.Write(json => AccessKeyJson.Write(json, revoked), () => KeysView.Revoked(revoked));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Rotate(CommandHost host)
    {
        var id = Id();
        var overlap = new PeriodOption("--overlap", "So long the former key is taken as well, such as 1h, 2d; 0s: it ends at once [default: 1h]");
        var command = new TidemarkCommand(
            "rotate",
            "Makes a key anew and shows it, this once; what it may do stays.",
            "tidemark keys rotate k3v7q2m5x4aa --overlap 1d")
        {
            id, overlap,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            RequireSeen(context);
            var kept = overlap.Of(context.Parsed) ?? DefaultOverlap;
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            return Print(context, await index.Keys.RotateAsync(context.Parsed.GetValue(id)!, kept, cancellationToken));
        });
    }

    private static Argument<string> Id() => new("ID") { Description = "As 'keys list' shows it: the middle of a key" };

    private static int Print(CommandContext context, NewAccessKey made)
    {
        context.Output.Write(json => AccessKeyJson.Write(json, made), () => KeysView.Of(made));
        return ExitCodes.Done;
    }

    private static void RequireSeen(CommandContext context)
    {
        if (context.Output is { IsQuiet: true, IsJson: false })
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "with '--quiet' nobody would see the key, and it is shown this once", "leave '--quiet' out, or add '--json'");
        }
    }

    /// <summary>A key for one namespace must not become one for all by a flag that looks like another.</summary>
    private static void RequireUnnamed(CommandContext context)
    {
        if (context.NamesNamespace)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "keys belong to a store, so that '--namespace' says nothing of what one reaches",
                $"say '--namespaces {context.Namespace}' for a key that reaches this namespace only, or leave it out for all");
        }
    }
}
