using System.Diagnostics;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Tells listeners of one run: a span around it, and its counters when it ends.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private const string Run = "tidemark.sync";

    private readonly Activity? _span;
    private readonly SyncOptions _request;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly bool _isRun;
    private bool _completed;

    private RunTelemetry(string name, SyncOptions request, TimeProvider clock)
    {
        (_request, _clock, _started, _isRun) = (request, clock, clock.GetTimestamp(), name == Run);
        _span = TidemarkInstruments.Source.StartActivity(name);
        _span?.SetTag("tidemark.namespace", request.NamespaceName);
        _span?.SetTag("tidemark.command", request.Command);
    }

    /// <param name="name">Of the span.</param>
    /// <param name="request">What is done.</param>
    /// <param name="clock">Says how long it took.</param>
    /// <returns>Null: nobody can be listening.</returns>
    public static RunTelemetry? Start(string name, SyncOptions request, TimeProvider clock) =>
        TidemarkTelemetry.IsEnabled ? new RunTelemetry(name, request, clock) : null;

    /// <summary>Counts what has no span of its own: a worker's busy period. Nothing, where nobody can be listening.</summary>
    public static void Count(SyncReport report)
    {
        if (TidemarkTelemetry.IsEnabled)
        {
            Count(report, RunOutcomeName.Of(report.Outcome));
        }
    }

    public void Complete(SyncReport report)
    {
        _completed = true;
        var outcome = RunOutcomeName.Of(report.Outcome);
        _span?.SetTag("tidemark.run", report.Run);
        _span?.SetTag("tidemark.outcome", outcome);
        _span?.SetTag("tidemark.documents.seen", report.Documents.Seen);
        _span?.SetTag("tidemark.embedding.inputs", report.Embedding.Inputs);
        _span?.SetTag("tidemark.embedding.reused", report.Embedding.Reused);
        if (report.Run is not null)
        {
            Count(report, outcome);
        }
    }

    /// <summary>A run that gave no report has failed.</summary>
    public void Dispose()
    {
        if (!_completed)
        {
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        if (!_completed && _isRun)
        {
            TidemarkInstruments.RunDuration.Record(
                _clock.GetElapsedTime(_started).TotalSeconds,
                new("tidemark.namespace", _request.NamespaceName),
                new("tidemark.outcome", RunOutcomeName.Of(RunOutcome.Failed)));
        }

        _span?.Dispose();
    }

    private static void Count(SyncReport report, string outcome)
    {
        var space = new KeyValuePair<string, object?>("tidemark.namespace", report.Namespace);
        TidemarkInstruments.RunDuration.Record(report.Elapsed.TotalSeconds, space, new("tidemark.outcome", outcome));
        Count(report.Embedding, space);
        var (documents, chunks) = (report.Documents, report.Chunks);
        (string Change, long Count)[] parts =
        [
            ("added", documents.Added), ("updated", documents.Updated), ("skipped", documents.Skipped),
            ("deleted", documents.Deleted), ("outdated", documents.Outdated), ("failed", documents.Failed),
        ];
        foreach (var (change, count) in parts)
        {
            TidemarkInstruments.Documents.Add(count, space, new("tidemark.change", change));
        }

        parts =
        [
            ("added", chunks.Added), ("patched", chunks.Patched), ("unchanged", chunks.Unchanged), ("deleted", chunks.Deleted),
        ];
        foreach (var (change, count) in parts)
        {
            TidemarkInstruments.Chunks.Add(count, space, new("tidemark.change", change));
        }
    }

    private static void Count(EmbeddingCounts embedding, KeyValuePair<string, object?> space)
    {
        TidemarkInstruments.Reused.Add(embedding.Reused, space);
        TidemarkInstruments.Inputs.Add(embedding.Inputs, space);
        TidemarkInstruments.Requests.Add(embedding.Requests, space);
        TidemarkInstruments.Tokens.Add(embedding.Tokens, space);
        if (embedding.Cost is { } cost)
        {
            TidemarkInstruments.Cost.Add((double)cost, space);
        }
    }
}
