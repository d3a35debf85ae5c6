using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Postgres.Feeding;
using Tidemark.Syncing;

namespace Tidemark.Cli.Commands;

/// <summary>Brings the changes of databases from their logs.</summary>
internal static class FeedCommand
{
    public const string Name = "feed";

    public static TidemarkCommand Build(CommandHost host)
    {
        var sources = Sources();
        var untilCaughtUp = new Switch("--until-caught-up", "End when everything is in the queue that was committed, instead of waiting for more");
        var command = new TidemarkCommand(
            Name,
            "Brings what changes in tables of PostgreSQL databases into the queue, from their logs, until it is stopped. Workers carry it out.",
            "tidemark feed",
            "tidemark feed products --until-caught-up",
            "tidemark feed status",
            "tidemark feed repair products")
        {
            sources, untilCaughtUp, Status(host), Repair(host),
        };
        return command.Handle(host, (context, cancellationToken) =>
        {
            var isBounded = untilCaughtUp.IsOn(context.Parsed);
            return RunAsync(context, sources, feed => feed with { UntilCaughtUp = isBounded }, isBounded, cancellationToken);
        });
    }

    private static TidemarkCommand Status(CommandHost host)
    {
        var sources = Sources();
        var command = new TidemarkCommand(
            "status", "Shows how far feeds are behind, and how much of its log each database keeps for it.", "tidemark feed status --json")
        {
            sources,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var feeds = new List<PostgresFeedStatus>();
            foreach (var options in Compose(context, sources))
            {
                feeds.Add(await new PostgresFeed(index, options, context.Host.Clock).StatusAsync(cancellationToken));
            }

            context.Output.Write(json => FeedJson.Write(json, feeds), () => FeedView.Of(feeds));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Repair(CommandHost host)
    {
        var sources = Sources();
        var allow = new Switch("--allow-delete", "Delete documents without a row, however many they are");
        var command = new TidemarkCommand(
            "repair",
            "Makes the slot anew, reads every table again and deletes documents whose rows are gone. What did not change costs nothing.",
            "tidemark feed repair products",
            "tidemark feed repair products --allow-delete")
        {
            sources, allow,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            sources,
            feed => feed with
            {
                Repair = true,
                UntilCaughtUp = true,
                Guard = allow.IsOn(context.Parsed) ? DeletionGuard.Off : feed.Guard,
            },
            isBounded: true,
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        CommandContext context,
        Argument<string[]> sources,
        Func<PostgresFeedOptions, PostgresFeedOptions> configure,
        bool isBounded,
        CancellationToken cancellationToken)
    {
        var (output, clock) = (context.Output, context.Host.Clock);
        var feeds = Compose(context, sources);
        var lines = output.IsQuiet ? null : new RunLog(output.Terminal.Error, clock, output.Log ?? LogForm.Text);
        await using var index = context.ToChange(context.Stores.OpenOrCreateAsync);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reports = await Task.WhenAll(feeds.Select(feed => CarryOnAsync(configure(feed))));
        output.Write(json => FeedJson.Write(json, reports), () => FeedView.Of(reports));
        return cancellationToken.IsCancellationRequested && (isBounded || !context.Host.IsTerminated()) ? ExitCodes.Cancelled
            : reports.Any(report => report.Held > 0) ? ExitCodes.HeldBack
            : reports.Any(report => report.Failed > 0) ? ExitCodes.SomeFailed
            : ExitCodes.Done;

        // One that cannot go on ends the others: whoever started them together wants to know.
        async Task<PostgresFeedReport> CarryOnAsync(PostgresFeedOptions options)
        {
            var log = lines is null ? null : new FeedLog(lines, options.Source);
            try
            {
                return await new PostgresFeed(index, options with { Observer = log }, clock).RunAsync(ending.Token);
            }
            catch (TidemarkException failure)
            {
                lines?.Write(LogLevel.Error, "end", failure, nextTry: null, failure.Remedy);
                await ending.CancelAsync();
                throw;
            }
        }
    }

    private static IReadOnlyList<PostgresFeedOptions> Compose(CommandContext context, Argument<string[]> sources)
    {
        var feeds = new FeedComposer(context.Settings, context.Host.Environment).Compose(context.Parsed.GetValue(sources));
        return context.Wait > TimeSpan.Zero ? [.. feeds.Select(feed => feed with { Patience = context.Wait })] : feeds;
    }

    private static Argument<string[]> Sources() => new("SOURCE")
    {
        Description = "Names of configured sources that are databases; none: all of them",
        Arity = ArgumentArity.ZeroOrMore,
    };
}
