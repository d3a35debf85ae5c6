using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

/// <summary>The history of a namespace.</summary>
internal static class RunsCommand
{
    public const string Name = "runs";

    public static TidemarkCommand Build(CommandHost host)
    {
        var limit = new NumberOption("--limit", "N", 50, (1, 1_000_000))
        {
            Description = "How many, newest first [default: 50]",
        };
        var command = new TidemarkCommand(
            Name,
            "Shows the runs with their skip rate and cost, newest first.",
            "tidemark runs",
            "tidemark runs --limit 5 --json")
        {
            limit,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, (int)limit.Of(context.Parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, int limit, CancellationToken cancellationToken)
    {
        await using var store = await context.Stores.OpenForReadingAsync(cancellationToken);
        await Namespaces.RequireAsync(store, context.Namespace, cancellationToken);
        var runs = await store.Reader.RunsAsync(context.Namespace, limit, cancellationToken);
        context.Output.Write(
            json =>
            {
                json.WriteStartArray();
                foreach (var run in runs)
                {
                    RunJson.Write(json, run);
                }

                json.WriteEndArray();
            },
            () => RunsView.Of(runs));
        return ExitCodes.Done;
    }
}
