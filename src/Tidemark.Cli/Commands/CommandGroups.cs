namespace Tidemark.Cli.Commands;

/// <summary>Which commands belong together, in the order in which somebody meets them.</summary>
internal static class CommandGroups
{
    private const string Rest = "Other commands";

    private static readonly (string Title, string[] Commands)[] Groups =
    [
        ("Bring the index in step", [InitCommand.Name, TrustCommand.Name, SyncCommand.Name, PlanCommand.Name, ApplyCommand.Name, ImportCommand.Name]),
        ("Ask it", [SearchCommand.Name, ListCommand.Name, ShowCommand.Name, ExportCommand.Name]),
        ("See how it stands", [StatusCommand.Name, RunsCommand.Name, CostCommand.Name, WhyCommand.Name, HistoryCommand.Name, DiffCommand.Name, VerifyCommand.Name, GoldenCommand.Name]),
        ("Changes as they come", [EnqueueCommand.Name, WorkerCommand.Name, QueueCommand.Name, FeedCommand.Name]),
        ("Let go and bring back", [ExpireCommand.Name, ArchiveCommand.Name, RestoreCommand.Name, PurgeCommand.Name, HoldCommand.Name, ForgetCommand.Name]),
        ("Change what it is built with", [MigrateCommand.Name]),
        ("Look after it", [GcCommand.Name, NamespaceCommand.Name, StoreCommand.Name]),
    ];

    /// <summary>The titles in order, each with those of the commands that are of its group.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<T> Commands)> Of<T>(IReadOnlyList<T> commands, Func<T, string> name)
    {
        foreach (var (title, names) in Groups)
        {
            var found = names.SelectMany(one => commands.Where(command => name(command) == one)).ToArray();
            if (found.Length > 0)
            {
                yield return (title, found);
            }
        }

        var rest = commands.Where(command => !Groups.Any(group => group.Commands.Contains(name(command), StringComparer.Ordinal))).ToArray();
        if (rest.Length > 0)
        {
            yield return (Rest, rest);
        }
    }
}
