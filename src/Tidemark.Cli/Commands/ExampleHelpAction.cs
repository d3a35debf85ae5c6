using System.CommandLine;
using System.CommandLine.Invocation;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

/// <summary>The help of a command, and examples of it.</summary>
internal sealed class ExampleHelpAction(Terminal terminal) : SynchronousCommandLineAction
{
    private const int Widest = 110;

    private static readonly string[] RootExamples =
    [
        "tidemark sync docs                      bring the index in step with a folder",
        "tidemark search \"how do I install it\"   ask it",
        "tidemark sync --help                    everything about one command",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        var help = new HelpText(Math.Min(Widest, TerminalWidth.Of(terminal)));
        foreach (var line in help.Of(command, parseResult.RootCommandResult.Command))
        {
            output.WriteLine(line);
        }

        var examples = command switch
        {
            TidemarkCommand known => known.Examples,
            RootCommand => RootExamples,
            _ => [],
        };
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return 0;
    }
}
