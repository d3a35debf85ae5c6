using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>Counts what watching does.</summary>
internal sealed class WatchTally(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private readonly Dictionary<string, int> _fallbacks = new(StringComparer.Ordinal);
    private SyncReport? _total;
    private int _runs;
    private int _complete;

    public void Add(SyncReport report, bool isComplete)
    {
        _total = ReportSum.Of(_total, report);
        _runs++;
        _complete += isComplete ? 1 : 0;
    }

    public void Add(WatchTrouble trouble) =>
        _fallbacks[WatchTroubleName.Of(trouble)] = _fallbacks.GetValueOrDefault(WatchTroubleName.Of(trouble)) + 1;

    public WatchReport Report() => new()
    {
        Total = _total,
        Runs = _runs,
        Complete = _complete,
        Fallbacks = _fallbacks,
        Elapsed = clock.GetElapsedTime(_started),
    };
}
