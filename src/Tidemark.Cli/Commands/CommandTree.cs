using System.CommandLine;
using System.CommandLine.Help;

namespace Tidemark.Cli.Commands;

/// <summary>The commands there are. Only the one that is called is built, unless it takes all to answer.</summary>
internal static class CommandTree
{
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    private static readonly CommandEntry[] Commands =
    [
        new(InitCommand.Name, InitCommand.Build),
        new(TrustCommand.Name, TrustCommand.Build),
        new(SyncCommand.Name, SyncCommand.Build),
        new(PlanCommand.Name, PlanCommand.Build),
        new(ApplyCommand.Name, ApplyCommand.Build),
        new(SearchCommand.Name, SearchCommand.Build),
        new(StatusCommand.Name, StatusCommand.Build),
        new(RunsCommand.Name, RunsCommand.Build),
        new(CostCommand.Name, CostCommand.Build),
        new(ListCommand.Name, ListCommand.Build),
        new(ShowCommand.Name, ShowCommand.Build),
        new(WhyCommand.Name, WhyCommand.Build),
        new(HistoryCommand.Name, HistoryCommand.Build),
        new(DiffCommand.Name, DiffCommand.Build),
        new(VerifyCommand.Name, VerifyCommand.Build),
        new(GoldenCommand.Name, GoldenCommand.Build),
        new(ExportCommand.Name, ExportCommand.Build),
        new(ImportCommand.Name, ImportCommand.Build),
        new(EnqueueCommand.Name, EnqueueCommand.Build),
        new(WorkerCommand.Name, WorkerCommand.Build),
        new(QueueCommand.Name, QueueCommand.Build),
        new(ExpireCommand.Name, ExpireCommand.Build),
        new(ArchiveCommand.Name, ArchiveCommand.Build),
        new(RestoreCommand.Name, RestoreCommand.Build),
        new(PurgeCommand.Name, PurgeCommand.Build),
        new(HoldCommand.Name, HoldCommand.Build),
        new(ForgetCommand.Name, ForgetCommand.Build),
        new(MigrateCommand.Name, MigrateCommand.Build),
        new(GcCommand.Name, GcCommand.Build),
        new(NamespaceCommand.Name, NamespaceCommand.Build),
        new(StoreCommand.Name, StoreCommand.Build),
        new(WatchCommand.Name, WatchCommand.Build),
        new(FeedCommand.Name, FeedCommand.Build),
        new(ServeCommand.Name, ServeCommand.Build),
        new(McpCommand.Name, McpCommand.Build),
        new(KeysCommand.Name, KeysCommand.Build),
        new(CompletionCommand.Name, CompletionCommand.Build),
    ];

    public static ParseResult Parse(string[] arguments, CommandHost host)
    {
        arguments = arguments is [] ? ["--help"] : arguments;
        var called = Commands.FirstOrDefault(c => c.Name == arguments[0]);
        var root = called is null || arguments.Any(AsksForHelp) ? Build(host) : BuildOnly(host, called);
        return root.Parse(arguments, Parser);
    }

    /// <summary>A call of <c>plan</c> that was saved.</summary>
    public static ParseResult ParsePlan(string[] arguments, CommandHost host, SyncFlags options)
    {
        var command = new Command(PlanCommand.Name);
        options.AddTo(command);
        var root = new RootCommand { command };
        foreach (var option in host.Shared.All)
        {
            root.Add(option);
        }

        return root.Parse([PlanCommand.Name, .. arguments], Parser);
    }

    /// <summary>All of it.</summary>
    public static RootCommand Build(CommandHost host)
    {
        var root = new RootCommand("Keeps a vector index true to the documents it was made from.");
        foreach (var option in host.Shared.All)
        {
            root.Add(option);
        }

        foreach (var command in Commands)
        {
            root.Add(command.Build(host));
        }

        // '/h' and '/?' may be what somebody searches for.
        root.Options.Remove(root.Options.First(o => o is HelpOption));
        root.Add(new HelpOption("--help", "-h", "-?") { Action = new ExampleHelpAction(host.Terminal) });
        root.Options.First(o => o is VersionOption).Action = new VersionAction(host);
        return root;
    }

    /// <summary>One command, without the options for help and version: describing those takes 5 ms at every start.</summary>
    private static Command BuildOnly(CommandHost host, CommandEntry called)
    {
        var root = new Command("tidemark");
        foreach (var option in host.Shared.All)
        {
            root.Add(option);
        }

        root.Add(called.Build(host));
        return root;
    }

    private static bool AsksForHelp(string argument) => argument is "--help" or "-h" or "-?" or "--version";

    private sealed record CommandEntry(string Name, Func<CommandHost, TidemarkCommand> Build);
}
