using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Keeps the index in step with folders while they change.</summary>
internal static class WatchCommand
{
    public const string Name = "watch";

    /// <summary>Somebody else's run is waited for, unless another time was said.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new SyncFlags();
        var command = new TidemarkCommand(
            Name,
            "Keeps the index in step with folders while they change, until it is stopped: a run of the ordinary sync whenever something "
            + "happened in them, and a complete one now and then anyway.",
            "tidemark watch docs",
            "tidemark watch",
            "tidemark watch docs notes --log json");
        options.AddForWatching(command);
        return command.Handle(host, (context, cancellationToken) => RunAsync(context, options, cancellationToken), options.Sources);
    }

    private static async Task<int> RunAsync(CommandContext context, SyncFlags options, CancellationToken cancellationToken)
    {
        var (output, clock) = (context.Output, context.Host.Clock);
        var call = new SyncCall(context, options, onlyFolders: true);
        if (!await context.Stores.ExistsAsync(cancellationToken))
        {
            await call.LookAsync(cancellationToken);
        }

        var lines = output.IsQuiet ? null : new RunLog(output.Terminal.Error, clock, output.Log ?? LogForm.Text);
        var log = lines is null ? null : new WatchLog(lines, output.IsVerbose);
        log?.Start(call.Sources.Select(source => source.Name));
        WatchReport report;
        try
        {
            var notice = lines is null ? null : new ProviderNotice((level, name, text) => lines.Write(level, name, text), clock);
            await using var index = context.ToChange(context.Stores.OpenOrCreateAsync, notice);
            var request = await call.WatchAsync(await index.OpenStoreAsync(cancellationToken), cancellationToken);
            report = await index.WatchAsync(
                request with
                {
                    Sync = request.Sync with { Wait = context.Wait == TimeSpan.Zero ? Wait : context.Wait },
                    Observer = log,
                },
                cancellationToken);
        }
        catch (TidemarkException e)
        {
            log?.Fail(e);
            throw;
        }

        log?.End(report);
        output.Write(json => WatchReportJson.Write(json, report), () => WatchView.Of(report));
        return ExitCodes.Cancelled;
    }
}
