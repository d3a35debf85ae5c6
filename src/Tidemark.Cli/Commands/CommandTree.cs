using System.CommandLine;
using System.CommandLine.Help;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Commands;

/// <summary>The commands there are. Only the one that is called is built, unless it takes all to answer.</summary>
internal static class CommandTree
{
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    private static readonly (string Name, Func<CommandHost, TidemarkCommand> Build)[] Commands =
    [
        (InitCommand.Name, InitCommand.Build),
        (SyncCommand.Name, SyncCommand.Build),
        (PlanCommand.Name, PlanCommand.Build),
        (SearchCommand.Name, SearchCommand.Build),
        (StatusCommand.Name, StatusCommand.Build),
        (RunsCommand.Name, RunsCommand.Build),
        (ListCommand.Name, ListCommand.Build),
        (ShowCommand.Name, ShowCommand.Build),
        (VerifyCommand.Name, VerifyCommand.Build),
        (ExportCommand.Name, ExportCommand.Build),
        (ImportCommand.Name, ImportCommand.Build),
        (GcCommand.Name, GcCommand.Build),
        (NamespaceCommand.Name, NamespaceCommand.Build),
        (CompletionCommand.Name, CompletionCommand.Build),
    ];

    public static ParseResult Parse(string[] arguments, CommandHost host)
    {
        arguments = arguments is [] ? ["--help"] : arguments;
        var called = arguments.Length == 0 ? -1 : Array.FindIndex(Commands, c => c.Name == arguments[0]);
        var root = called < 0 ? Build(host) : BuildRoot(host, Commands.AsSpan(called, 1));
        return root.Parse(arguments, Parser);
    }

    /// <summary>All of it.</summary>
    public static RootCommand Build(CommandHost host) => BuildRoot(host, Commands);

    private static RootCommand BuildRoot(
        CommandHost host, ReadOnlySpan<(string Name, Func<CommandHost, TidemarkCommand> Build)> commands)
    {
        var root = new RootCommand("Keeps a vector index true to the documents it was made from.");
        foreach (var option in host.Shared.All)
        {
            root.Add(option);
        }

        foreach (var (_, build) in commands)
        {
            root.Add(build(host));
        }

        // '/h' and '/?' may be what somebody searches for.
        root.Options.Remove(root.Options.First(o => o is HelpOption));
        root.Add(new HelpOption("--help", "-h", "-?") { Action = new ExampleHelpAction() });
        root.Options.First(o => o is VersionOption).Action = new VersionAction(host);
        return root;
    }
}
