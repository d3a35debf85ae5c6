namespace Tidemark.Conformance.Support;

/// <summary>A machine's clock that is wrong by a constant.</summary>
public sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
