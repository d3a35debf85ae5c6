using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>Tells of a long run while it goes on: its progress, a provider that fails; with <c>--log</c> also its start and its end.</summary>
internal sealed class RunNarration : IDisposable
{
    private readonly ProgressLine? _progress;
    private readonly bool _isLogged;

    /// <param name="command">As the history names it.</param>
    public RunNarration(CommandOutput output, TimeProvider clock, string command)
    {
        _progress = ProgressLine.Start(output, clock);
        _isLogged = output.Log is not null;
        Notice = _progress is null ? null : new ProviderNotice((level, name, text) => _progress.Note(level, name, text), clock)
        {
            OnOpened = _isLogged ? space => _progress.Note(LogLevel.Info, "start", $"{command}, with '{space}'") : null,
        };
    }

    /// <summary>Null with <c>--quiet</c>.</summary>
    public ProviderNotice? Notice { get; }

    /// <summary>Null with <c>--quiet</c>.</summary>
    public IProgress<SyncProgress>? Progress => _progress;

    public async Task<SyncReport> TellAsync(Func<Task<SyncReport>> work)
    {
        try
        {
            var report = await work();
            _progress?.Clear();
            if (_isLogged)
            {
                End(report);
            }

            return report;
        }
        catch (TidemarkException e) when (_isLogged)
        {
            _progress?.Clear();
            _progress?.Note(LogLevel.Error, "end", $"{e.Message} [{e.Code}]; {e.Remedy}", json => json.WriteString("code", e.Code));
            throw;
        }
    }

    public void Dispose() => _progress?.Dispose();

    private void End(SyncReport report)
    {
        var documents = report.Documents;
        var changed = documents.Added + documents.Updated + documents.Deleted;
        _progress?.Note(
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
