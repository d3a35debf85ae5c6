using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

/// <summary>How a namespace stands.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    public static TidemarkCommand Build(CommandHost host) =>
        new TidemarkCommand(
            Name,
            "Shows how the index stands: size, generation, last run, freshness.",
            "tidemark status",
            "tidemark status --json --namespace audit")
        .Handle(host, RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var store = await context.Stores.OpenForReadingAsync(cancellationToken);
        var summary = await Namespaces.RequireAsync(store, context.Namespace, cancellationToken);
        var runs = await store.Reader.RunsAsync(context.Namespace, 1, cancellationToken);
        var status = new StatusReport(
            summary,
            context.Settings.Store.ToString(),
            await store.Maintenance.SizeAsync(cancellationToken),
            context.Host.Clock.GetUtcNow() - summary.LastCompleteSync,
            runs.Count == 0 ? null : runs[0],
            await store.Quarantine.ListAsync(context.Namespace, cancellationToken));
        context.Output.Write(json => StatusJson.Write(json, status), () => StatusView.Of(status));
        return ExitCodes.Done;
    }
}
