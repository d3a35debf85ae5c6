using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>Tells of a long run while it goes on: its progress, a provider that fails; with <c>--log</c> also its start and its end.</summary>
internal sealed class RunNarration(CommandOutput output, TimeProvider clock)
{
    /// <summary>Tells of a provider that lets wait outside of a run; null: nobody is to hear of it.</summary>
    public Action<TidemarkException, TimeSpan>? OnWait => ProgressLine.Start(output, clock) is { } line
        ? new ProviderNotice((level, name, text) => line.Note(level, name, text), clock).OnWait
        : null;

    /// <param name="command">As the history names it.</param>
    /// <param name="work">Gets the pipeline and the progress that are listened to.</param>
    public async Task<SyncReport> TellAsync(
        string command, SyncPipeline pipeline, Func<SyncPipeline, IProgress<SyncProgress>?, Task<SyncReport>> work)
    {
        using var progress = ProgressLine.Start(output, clock);
        if (progress is null)
        {
            return await work(pipeline, null);
        }

        var isLogged = output.Log is not null;
        if (isLogged)
        {
            progress.Note(LogLevel.Info, "start", $"{command}, with '{pipeline.Identity.Space}'");
        }

        try
        {
            var notice = new ProviderNotice((level, name, text) => progress.Note(level, name, text), clock);
            var report = await work(pipeline.Watched(notice), progress);
            progress.Clear();
            if (isLogged)
            {
                End(progress, report);
            }

            return report;
        }
        catch (TidemarkException e) when (isLogged)
        {
            progress.Clear();
            progress.Note(LogLevel.Error, "end", $"{e.Message} [{e.Code}]; {e.Remedy}", json => json.WriteString("code", e.Code));
            throw;
        }
    }

    private static void End(ProgressLine progress, SyncReport report)
    {
        var documents = report.Documents;
        var changed = documents.Added + documents.Updated + documents.Deleted;
        progress.Note(
            report.Outcome == RunOutcome.Succeeded ? LogLevel.Info : LogLevel.Warning,
            "end",
            $"{RunOutcomeName.Of(report.Outcome)} after {Units.Seconds(report.Elapsed)}: {Units.Count(documents.Seen)} seen, "
            + $"{Units.Count(changed)} changed, {Units.Count(documents.Failed)} failed",
            json =>
            {
                json.WriteString("outcome", RunOutcomeName.Of(report.Outcome));
                json.WriteNumber("seen", documents.Seen);
                json.WriteNumber("changed", changed);
                json.WriteNumber("failed", documents.Failed);
                json.WriteNumber("embedded", report.Embedding.Inputs);
            });
    }
}
