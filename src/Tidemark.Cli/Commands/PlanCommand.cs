using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Commands;

/// <summary>The decisions of a sync, without an embedding call or a write.</summary>
internal static class PlanCommand
{
    public const string Name = "plan";

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new SyncOptions();
        var command = new TidemarkCommand(
            Name,
            "Says what a sync would do and what it would embed, without an embedding call or a write.",
            "tidemark plan docs",
            "tidemark plan --json",
            "tidemark plan docs --rebuild --embedder hashing:768");
        options.AddTo(command);
        return command.Handle(
            host,
            (context, cancellationToken) => SyncRun.PlanAsync(context, options, cancellationToken),
            options.Sources);
    }
}
