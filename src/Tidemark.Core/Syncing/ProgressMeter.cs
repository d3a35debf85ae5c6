using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>Reports where a run stands, a few times a second at most.</summary>
internal sealed class ProgressMeter(
    IProgress<SyncProgress>? receiver, RunTally tally, EmbeddingPipeline embedding, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private long _last;

    public void Report(SyncPhase phase, Documents.IDocumentSource? source)
    {
        if (_last == 0 || clock.GetElapsedTime(_last) >= Pause)
        {
            ReportNow(phase, source);
        }
    }

    /// <summary>For what is reported once.</summary>
    public void ReportNow(SyncPhase phase, Documents.IDocumentSource? source)
    {
        if (receiver is null)
        {
            return;
        }

        _last = clock.GetTimestamp();
        var name = source?.Name ?? "";
        var listed = tally.Of(name);
        receiver.Report(new SyncProgress(
            phase,
            name,
            listed.Items,
            source?.Size?.Items,
            listed.Bytes,
            source?.Size?.Bytes,
            tally.Changed,
            tally.Applied,
            embedding.Usage.Inputs));
    }
}
