namespace Tidemark;

/// <summary>
/// The latencies of one run. A stage that is not passed costs nothing, not even its counters. Safe for concurrent use.
/// </summary>
internal sealed class RunLatencies(TimeProvider clock)
{
    private readonly LatencyHistogram?[] _stages = new LatencyHistogram?[5];
    private readonly Action<RunStage, TimeSpan>? _export = TidemarkTelemetry.IsEnabled ? Export() : null;

    /// <summary>False: what is measured is no stage of a run, so no listener hears of stages.</summary>
    public bool IsOfRun { get; init; } = true;

    /// <summary>The moment a stage begins, for <see cref="Record"/>.</summary>
    public long Start() => clock.GetTimestamp();

    /// <returns>How long it took.</returns>
    public TimeSpan Record(RunStage stage, long started)
    {
        var duration = clock.GetElapsedTime(started);
        ref var histogram = ref _stages[(int)stage];
        (Volatile.Read(ref histogram) ?? Add(ref histogram)).Record(duration);
        if (IsOfRun)
        {
            _export?.Invoke(stage, duration);
        }

        return duration;
    }

    public LatencyReport Summarize() => Array.TrueForAll(_stages, stage => stage is null)
        ? LatencyReport.None
        : new LatencyReport(
            Of(RunStage.Read), Of(RunStage.Chunk), Of(RunStage.Embed), Of(RunStage.Apply), Of(RunStage.Cleanup));

    private static LatencyHistogram Add(ref LatencyHistogram? histogram)
    {
        var added = new LatencyHistogram();
        return Interlocked.CompareExchange(ref histogram, added, null) ?? added;
    }

    private static Action<RunStage, TimeSpan>? Export() =>
        TidemarkInstruments.StageDuration.Enabled ? TidemarkInstruments.RecordStage : null;

    private LatencySummary Of(RunStage stage) => _stages[(int)stage]?.Summarize() ?? LatencySummary.None;
}
