using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What became of the documents between two runs.</summary>
internal static class DiffCommand
{
    public const string Name = "diff";

    public static TidemarkCommand Build(CommandHost host)
    {
        var from = new Argument<string>("FROM") { Description = "The number of a run" };
        var to = new Argument<string>("TO") { Description = "The number of another one" };
        var command = new TidemarkCommand(
            Name,
            "Says which documents differ between the ends of two runs, and how many of their chunks.",
            "tidemark diff 11 12",
            "tidemark diff 3 12 --json")
        {
            from,
            to,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context, NumberOf(from, context.Parsed), NumberOf(to, context.Parsed), cancellationToken));
    }

    private static long NumberOf(Argument<string> argument, ParseResult parsed)
    {
        var text = parsed.GetValue(argument) ?? "";
        return PointInTimeText.Parse(text) is { Run: { } run } ? run : throw new TidemarkException(
            ErrorCodes.Usage, $"'{text}' is not the number of a run", "'tidemark runs' lists those that there are");
    }

    private static async Task<int> RunAsync(CommandContext context, long from, long to, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var difference = await index.DifferenceAsync(from, to, cancellationToken: cancellationToken);
        context.Output.Write(json => RunDifferenceJson.Write(json, difference), () => RunDifferenceView.Of(difference));
        return ExitCodes.Done;
    }
}
