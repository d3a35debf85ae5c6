using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

/// <summary>
/// One call from its arguments to its exit code; every failure ends here. The main thread waits for the command: each
/// asynchronous method more on the way would be compiled at every start.
/// </summary>
internal static class CommandRunner
{
    public static int Run(string[] arguments)
    {
        NativeHeap.Share();
        StandardDescriptors.Reserve();
        using var terminal = new Terminal();
        if (OpenFileLimit.Refusal() is { } refusal)
        {
            return new ErrorReporter(terminal, new RawArguments(arguments)).Report(refusal, cancelled: false);
        }

        using var interruption = new Interruption(TimeProvider.System);
        interruption.Acknowledge = isTermination => new StopNotice(terminal, new RawArguments(arguments), TimeProvider.System).Tell(isTermination);
        return Run(arguments, terminal, () => CommandHost.OfProcess(terminal, interruption), interruption.Token);
    }

    public static int Run(string[] arguments, CommandHost host, CancellationToken cancellationToken) =>
        Run(arguments, host.Terminal, () => host, cancellationToken);

    private static int Run(
        string[] arguments, Terminal terminal, Func<CommandHost> host, CancellationToken cancellationToken)
    {
        try
        {
            var exit = Invoke(arguments, host(), cancellationToken);
            terminal.Flush();
            return exit;
        }
        catch (BrokenPipeException)
        {
            return ExitCodes.Done;
        }
        catch (Exception failure)
        {
            return new ErrorReporter(terminal, new RawArguments(arguments)).Report(failure, cancellationToken.IsCancellationRequested);
        }
    }

    private static int Invoke(string[] arguments, CommandHost host, CancellationToken cancellationToken)
    {
        var parsed = CommandTree.Parse(arguments, host);
        UsageErrors.CheckSwitches(parsed, arguments);
        UsageErrors.CheckValues(parsed, arguments);
        if (parsed.Errors.Count > 0 && UsageErrors.Of(parsed) is { } usage)
        {
            throw usage;
        }

        return parsed.Action is CommandAction action
            ? action.InvokeAsync(parsed, cancellationToken).GetAwaiter().GetResult()
            : parsed.Invoke(new InvocationConfiguration
            {
                Output = host.Terminal.Output,
                Error = host.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
    }
}
