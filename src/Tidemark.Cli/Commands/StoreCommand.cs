using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Copying;
using Tidemark.Publishing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Moving between stores.</summary>
internal static class StoreCommand
{
    public const string Name = "store";

    public static TidemarkCommand Build(CommandHost host)
    {
        var from = new Option<string?>("--from") { HelpName = "URL", Description = "The store to copy [default: --store]" };
        var to = new Option<string>("--to") { HelpName = "URL", Description = "An empty store, or one that is not there yet", Required = true };
        var copy = new TidemarkCommand(
            "copy",
            "Copies everything: records, history, embeddings, runs, what was paid. No embedding call; verified at the end.",
            "tidemark store copy --to sqlite:copy.db",
            "tidemark store copy --from sqlite:index.db --to postgres://tidemark@db.example.org/tidemark")
        {
            from, to,
        };
        copy.Handle(host, (context, cancellationToken) => CopyAsync(
            context, context.Parsed.GetValue(from), context.Parsed.GetValue(to)!, cancellationToken));
        var accept = new TidemarkCommand(
            "accept",
            "Says that what a store lost by going back to an older state was brought again, as far as no sync proves it.",
            "tidemark store accept")
            .Handle(host, AcceptAsync);
        return new TidemarkCommand(
            Name,
            "Moves everything from one store to another, or goes on with one that went back.",
            "tidemark store copy --to sqlite:copy.db",
            "tidemark store accept") { copy, accept };
    }

    private static async Task<int> AcceptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
        var accepted = await index.AcceptRewindAsync(cancellationToken: cancellationToken);
        context.Output.Write(
            json => RewoundStateJson.Write(json, index.Namespace, accepted), () => StoreCopyView.OfAccepted(index.Namespace, accepted));
        return ExitCodes.Done;
    }

    private static async Task<int> CopyAsync(
        CommandContext context, string? from, string to, CancellationToken cancellationToken)
    {
        var mistakes = new List<ConfigurationMistake>();
        var source = from is null ? context.Settings.Store : StoreLocation.Parse(from, context.Host.Folder, mistakes);
        var target = StoreLocation.Parse(to, context.Host.Folder, mistakes);
        if (source is null || target is null)
        {
            throw new ConfigurationException(mistakes);
        }

        if (source == target)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"'{source}' would be copied to itself", "name another store with --to");
        }

        var clock = context.Host.Clock;
        var indexes = new ExternalIndexChoice(context.Host.Environment, clock);
        await using var original = await context.OpenerOf(source).OpenForReadingAsync(cancellationToken);
        await using var copy = new ExternallyIndexedStore(await context.OpenerOf(target).OpenForCopyAsync(cancellationToken), indexes);
        using var progress = ProgressLine.Start(context.Output, clock);
        var report = await new StoreCopy(original, copy, clock) { Wait = context.Wait }.RunAsync(progress, cancellationToken);
        progress?.Clear();
        context.Output.Write(
            json => StoreCopyReportJson.Write(json, source.ToString(), target.ToString(), report),
            () => StoreCopyView.Of(source, target, report));
        return ExitCodes.Done;
    }
}
