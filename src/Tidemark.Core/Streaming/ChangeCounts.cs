namespace Tidemark.Streaming;

/// <summary>What became of claimed changes.</summary>
/// <param name="Claimed">All of them; a change that is claimed twice counts twice.</param>
/// <param name="Done">Carried out, or found to be done or outdated.</param>
/// <param name="Retried">Failed, to be tried again.</param>
/// <param name="Dead">Failed for the last time.</param>
/// <param name="Lost">Somebody else had claimed, replaced or dropped them meanwhile: nothing was written.</param>
/// <param name="Released">Given back untried: the worker was stopped, or something was out of order that is not theirs.</param>
public readonly record struct ChangeCounts(long Claimed, long Done, long Retried, long Dead, long Lost, long Released)
{
    /// <summary>The sum of two.</summary>
    public static ChangeCounts operator +(ChangeCounts a, ChangeCounts b) => new(
        a.Claimed + b.Claimed,
        a.Done + b.Done,
        a.Retried + b.Retried,
        a.Dead + b.Dead,
        a.Lost + b.Lost,
        a.Released + b.Released);
}
