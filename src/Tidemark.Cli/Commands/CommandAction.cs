using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using Tidemark.Cli.Options;
using Tidemark.Cli.Telemetry;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Commands;

/// <summary>What a command does once its arguments are understood.</summary>
internal sealed class CommandAction(
    CommandHost host, Func<CommandContext, CancellationToken, Task<int>> handler, SourceOptions? sources)
    : AsynchronousCommandLineAction
{
    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        UsageErrors.CheckOptions(parseResult);
        var context = new CommandContext(host, parseResult, sources);
        return context.Settings.Telemetry is { } telemetry
            ? ExportAsync(context, telemetry, cancellationToken)
            : handler(context, cancellationToken);
    }

    /// <summary>A method of its own, so that the exporter is loaded for those who ask for it only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<int> ExportAsync(
        CommandContext context, TelemetrySettings telemetry, CancellationToken cancellationToken)
    {
        using var export = OtlpExport.Start(telemetry);
        return await handler(context, cancellationToken);
    }
}
