using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>
/// Reports where a run stands, a few times a second at most, and once a second while a batch is under way: that may take minutes with a
/// provider that is slow or limits its callers.
/// </summary>
internal sealed class ProgressMeter(
    IProgress<SyncProgress>? receiver, RunTally tally, EmbeddingPipeline embedding, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ITimer? _beats;
    private SyncProgress? _told;
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

        var name = source?.Name ?? "";
        var listed = tally.Of(name);
        var size = source?.Size;
        lock (_gate)
        {
            _last = clock.GetTimestamp();
            _told = new SyncProgress(
                phase, name, listed.Items, size?.Items, listed.Bytes, size?.Bytes, tally.Changed, tally.Applied, embedding.Usage.Inputs);
            receiver.Report(_told);
            _beats ??= clock.CreateTimer(_ => Repeat(), null, Beat, Beat);
        }
    }

    /// <summary>Nothing is reported from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _told = null;
            _beats?.Dispose();
        }
    }

    /// <summary>What was told last, with what was embedded since.</summary>
    private void Repeat()
    {
        lock (_gate)
        {
            if (_told is { } told && clock.GetElapsedTime(_last) >= Beat)
            {
                receiver!.Report(told with { Embedded = embedding.Usage.Inputs });
            }
        }
    }
}
