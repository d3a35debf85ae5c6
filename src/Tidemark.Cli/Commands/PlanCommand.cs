using System.CommandLine;
using Tidemark.Cli.Options;

namespace Tidemark.Cli.Commands;

/// <summary>The decisions of a sync, without an embedding call or a write.</summary>
internal static class PlanCommand
{
    public const string Name = "plan";

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new SyncFlags();
        var output = new Option<string>("--out")
        {
            HelpName = "FILE",
            Description = "Save the plan, for 'tidemark apply FILE'",
        };
        var detailed = new Switch("--detailed-exitcode", "End with 0 where there is nothing to do, with 8 where there are changes");
        var command = new TidemarkCommand(
            Name,
            "Says what a sync would do, why, and what it would cost, without an embedding call or a write.",
            "tidemark plan docs",
            "tidemark plan --json",
            "tidemark plan --detailed-exitcode || tidemark sync",
            "tidemark plan --out monday.json && tidemark apply monday.json",
            "tidemark plan docs --rebuild --embedder hashing:768");
        options.AddTo(command);
        command.Add(output);
        command.Add(detailed);
        return command.Handle(
            host,
            (context, cancellationToken) => SyncRun.PlanAsync(
                context, options, context.Parsed.GetValue(output), detailed.IsOn(context.Parsed), cancellationToken),
            options.Sources);
    }
}
