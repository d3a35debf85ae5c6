using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Questions with the documents that shall answer them, and what they get.</summary>
internal static class GoldenCommand
{
    public const string Name = CommandWords.Golden;

    public static TidemarkCommand Build(CommandHost host) => new(
        Name,
        "Measures the quality of search by questions of which somebody has said what should be found.",
        "tidemark golden record \"how do I install it\" --expect docs/install.md --must",
        "tidemark golden run",
        "tidemark golden history")
    {
        Record(host), Import(host), List(host), Remove(host), Run(host), History(host),
    };

    private static TidemarkCommand Record(CommandHost host)
    {
        var query = new GoldenQuestion();
        var expect = new Option<string[]>("--expect")
        {
            HelpName = "DOC[,DOC]",
            Description = "The ids of documents that should be found; one with a comma is quoted; none: only how much answers change can be said",
        };
        var must = new Switch("--must", "None of them may be lost, whatever other queries gain");
        var command = new TidemarkCommand(
            "record",
            "Records a question; the same one with other documents takes its place.",
            "tidemark golden record \"how do I install it\" --expect docs/install.md",
            "tidemark golden record \"what does it cost\" --expect docs/price.md,docs/faq.md --filter lang=en --must")
        {
            query.Text, expect, must, query.Filter,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            var expected = IdListText.Parse(InputName.Flag(expect.Name), context.Parsed.GetValue(expect) ?? []);
            var recorded = query.Of(context.Parsed) with
            {
                Expected = [.. expected.Select(id => new GoldenAnswer(id))],
                Must = must.IsOn(context.Parsed),
            };
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            return Print(context, await index.RecordGoldenAsync([recorded], cancellationToken: cancellationToken));
        });
    }

    private static TidemarkCommand Import(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "JSON lines: {\"query\", \"expected\", \"must\", \"filter\"}, all but the first where they are known" };
        var command = new TidemarkCommand(
            "import",
            "Records the questions of a file; a line that is none is told, and the rest is taken.",
            "tidemark golden import questions.jsonl")
        {
            file,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            var path = Path.GetFullPath(context.Parsed.GetValue(file)!, context.Host.Folder);
            return Print(context, await index.ImportGoldenAsync(path, cancellationToken: cancellationToken));
        });
    }

    private static TidemarkCommand List(CommandHost host)
    {
        var command = new TidemarkCommand("list", "Lists the questions, and what they should find.", "tidemark golden list --json");
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var queries = await index.GoldenQueriesAsync(cancellationToken: cancellationToken);
            context.Output.Write(json => GoldenQueryJson.Write(json, queries), () => GoldenView.Of(queries));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Remove(CommandHost host)
    {
        var query = new GoldenQuestion();
        var command = new TidemarkCommand("remove", "Removes a question.", "tidemark golden remove \"how do I install it\"")
        {
            query.Text, query.Filter,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            var removed = query.Of(context.Parsed);
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            await index.RemoveGoldenAsync(removed.Query, removed.Filter, cancellationToken: cancellationToken);
            context.Output.Write(
                json => GoldenQueryJson.WriteRemoved(json, removed.Query, removed.Filter), () => HoldView.Of(removed.Query, "removed"));
            return ExitCodes.Done;
        });
    }

    private static TidemarkCommand Run(CommandHost host)
    {
        var check = new Switch("--check", "End with exit code 4 if quality fell since the run before, or what must be found is not");
        var command = new TidemarkCommand(
            "run",
            "Asks all questions of the index, and keeps what they get.",
            "tidemark golden run",
            "tidemark golden run --check --quiet || page-somebody")
        {
            check,
        };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
            await Namespaces.RequireIndexAsync(index, context.AskedIndex, cancellationToken);
            var report = await index.RunGoldenAsync(cancellationToken: cancellationToken);
            context.Output.Write(json => GoldenRunJson.Write(json, report), () => GoldenView.Of(report));
            var isBad = report.Run.Missed > 0 || report.Change?.IsFall(context.Settings.Alerts.GoldenLoss) == true;
            return check.IsOn(context.Parsed) && isBad ? ExitCodes.Drift : ExitCodes.Done;
        });
    }

    private static TidemarkCommand History(CommandHost host)
    {
        var limit = new NumberOption("--limit", "N", 100, (1, 1_000_000)) { Description = "How many runs, newest first [default: 100]" };
        var command = new TidemarkCommand("history", "Shows what the questions got, as a table and a curve.", "tidemark golden history --json") { limit };
        return command.Handle(host, async (context, cancellationToken) =>
        {
            await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
            var runs = await index.GoldenRunsAsync(limit.Of(context.Parsed), cancellationToken: cancellationToken);
            context.Output.Write(json => GoldenRunJson.Write(json, runs), () => GoldenView.Of(runs));
            return ExitCodes.Done;
        });
    }

    private static int Print(CommandContext context, GoldenRecording recording)
    {
        context.Output.Write(json => GoldenQueryJson.Write(json, recording), () => GoldenView.Of(recording));
        context.Output.Complain(SyncView.Failures(recording.Errors, context.Output.ListsAll));
        context.Output.Complain(SyncView.Warnings(recording.Warnings, context.Output.ListsAll));
        return recording.Errors.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
