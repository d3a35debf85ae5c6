namespace Tidemark.Postgres.Server;

/// <summary>When a line that brings nothing is given up. Pure; the looks are told one after the other, and forgotten when something comes.</summary>
internal readonly record struct LineJudge(int WaitedForUs, int Unknown, int Silent)
{
    /// <summary>Nothing for so long, and it is looked.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The same, for whoever was told to stop, or knows from others that the server does not answer.</summary>
    public static TimeSpan ShortPatience { get; } = TimeSpan.FromMilliseconds(500);

    public LineJudge After(LineSign sign) => sign switch
    {
        LineSign.Works => default,
        LineSign.WaitsForUs => this with { WaitedForUs = WaitedForUs + 1 },
        LineSign.Unknown => this with { Unknown = Unknown + 1 },
        _ => this with { Silent = Silent + 1 },
    };

    /// <param name="isHasty">As <see cref="ShortPatience"/>.</param>
    public bool IsLost(bool isHasty) => isHasty
        ? WaitedForUs + Silent >= 1 || Unknown >= 10
        : WaitedForUs >= 2 || Silent >= 3 || Unknown >= 90;
}
