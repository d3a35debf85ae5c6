using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Cli.Plans;

namespace Tidemark.Cli.Commands;

/// <summary>Does exactly what a saved plan says.</summary>
internal static class ApplyCommand
{
    public const string Name = "apply";

    public static TidemarkCommand Build(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "What 'plan --out FILE' saved" };
        var budget = new MoneyOption("--budget")
        {
            Description = "End before the request that would make this run cost more [default: as planned]",
        };
        var command = new TidemarkCommand(
            Name,
            "Does exactly what a saved plan says, or nothing: a document, setting or index that has moved since is named.",
            "tidemark plan docs --out monday.json",
            "tidemark apply monday.json",
            "tidemark apply monday.json --budget 2.50")
        {
            file,
            budget,
        };
        return command.Handle(host, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(file)!, budget, cancellationToken));
    }

    private static async Task<int> RunAsync(
        CommandContext context, string file, MoneyOption budget, CancellationToken cancellationToken)
    {
        var saved = PlanReader.Read(Path.GetFullPath(file, context.Host.Folder));
        var madeBy = MakingOf(saved, file, context.Host.Folder);
        _ = budget.Of(context.Parsed);
        var shared = context.Host.Shared;
        Option[] given = [.. ((Option[])[.. shared.All, budget]).Where(option => context.Parsed.GetResult(option) is not null)];
        var host = context.Host with { Folder = saved.Folder };
        var options = new SyncFlags();
        string[] arguments =
        [
            .. PlanArguments.Of(context.Parsed, given, NoSources).SkipLast(1),
            .. PlanArguments.Without(saved.Arguments, given.Select(option => option.Name)),
        ];
        var parsed = CommandTree.ParsePlan(arguments, host, options);
        if (parsed.Errors.Count > 0)
        {
            throw new TidemarkException(
                ErrorCodes.PlanInvalid,
                $"'{file}' holds arguments that this release does not understand: {parsed.Errors[0].Message}",
                $"make a new plan: {madeBy}");
        }

        return await SyncRun.ApplyAsync(
            new CommandContext(host, parsed, options.Sources), options, saved with { Plan = saved.Plan with { MadeBy = madeBy } }, cancellationToken);
    }

    /// <summary>How the plan is made anew, from wherever it is applied.</summary>
    private static string MakingOf(SavedPlan saved, string file, string folder)
    {
        var isHere = string.Equals(saved.Folder, folder, StringComparison.Ordinal);
        var command = TypedCommand.Of(
            PlanCommand.Name, [$"--out={(isHere ? file : Path.GetFullPath(file, folder))}", .. saved.Arguments]);
        return isHere ? command : $"cd {TypedCommand.Quote(saved.Folder)} && {command}";
    }

    private static Argument<string[]> NoSources { get; } = new("NONE") { Arity = ArgumentArity.ZeroOrMore };
}
