using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tidemark.Cli.Commands;

/// <summary>The help of a command, and examples of it.</summary>
internal sealed class ExampleHelpAction : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples =
    [
        "tidemark sync docs                      bring the index in step with a folder",
        "tidemark search \"how do I install it\"   ask it",
        "tidemark sync --help                    everything about one command",
    ];

    private readonly HelpAction _help = new() { MaxWidth = 100 };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command switch
        {
            TidemarkCommand command => command.Examples,
            RootCommand => RootExamples,
            _ => [],
        };
        if (examples.Count > 0)
        {
            var output = parseResult.InvocationConfiguration.Output;
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
