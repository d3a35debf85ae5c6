using System.CommandLine;
using System.CommandLine.Invocation;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Commands;

/// <summary>What a command does once its arguments are understood.</summary>
internal sealed class CommandAction(
    CommandHost host, Func<CommandContext, CancellationToken, Task<int>> handler, SourceOptions? sources)
    : AsynchronousCommandLineAction
{
    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        UsageErrors.CheckOptions(parseResult);
        return handler(new CommandContext(host, parseResult, sources), cancellationToken);
    }
}
