using System.CommandLine;
using Tidemark.Cli.Options;

namespace Tidemark.Cli.Commands;

/// <summary>A command with examples, which its help ends with.</summary>
internal sealed class TidemarkCommand(string name, string description, params IReadOnlyList<string> examples)
    : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    public TidemarkCommand Handle(
        CommandHost host, Func<CommandContext, CancellationToken, Task<int>> handler, SourceOptions? sources = null)
    {
        Action = new CommandAction(host, handler, sources);
        return this;
    }
}
