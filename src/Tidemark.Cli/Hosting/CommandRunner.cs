using System.CommandLine;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Hosting;

/// <summary>One call from its arguments to its exit code; every failure ends here.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var interruption = new Interruption();
        using var terminal = new Terminal();
        return await RunAsync(arguments, CommandHost.OfProcess(terminal), interruption.Token);
    }

    public static async Task<int> RunAsync(
        string[] arguments, CommandHost host, CancellationToken cancellationToken)
    {
        var errors = new ErrorReporter(host.Terminal, arguments);
        try
        {
            var parsed = CommandTree.Parse(arguments, host);
            if (parsed.Errors.Count > 0 && UsageErrors.Of(parsed) is { } usage)
            {
                throw usage;
            }

            var exit = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = host.Terminal.Output,
                    Error = host.Terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellationToken);
            host.Terminal.Flush();
            return exit;
        }
        catch (BrokenPipeException)
        {
            return ExitCodes.Done;
        }
        catch (Exception failure)
        {
            return errors.Report(failure, cancellationToken.IsCancellationRequested);
        }
    }
}
