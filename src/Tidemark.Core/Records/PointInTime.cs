using System.Globalization;

namespace Tidemark.Records;

/// <summary>A moment of a namespace's past: the end of a run, or a time.</summary>
public sealed record PointInTime
{
    private PointInTime()
    {
    }

    /// <summary>Null: it is a time.</summary>
    public long? Run { get; private init; }

    /// <summary>Null: it is a run.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>As the index was when a run had ended.</summary>
    public static PointInTime AfterRun(long run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run, 1);
        return new PointInTime { Run = run };
    }

    /// <summary>As the index was at a time, by the clock of those who committed.</summary>
    public static PointInTime At(DateTimeOffset time) => new() { Time = time };

    /// <inheritdoc/>
    public override string ToString() => Run is { } run
        ? string.Create(CultureInfo.InvariantCulture, $"run {run}")
        : Rfc3339.Of(Time!.Value);
}
