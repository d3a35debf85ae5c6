namespace Tidemark.Indexing;

/// <summary>
/// When a search by words doubts its index: rows of it that are missing answer nothing, and nobody would notice. Who found as many as he
/// asked for pays nothing for it. Pure.
/// </summary>
public static class AnswerDoubt
{
    /// <summary>So many rows a search can afford to count.</summary>
    public const long MostCounted = 1000;

    /// <summary>Whether rows are counted before it is said that no more than these have words that were asked for.</summary>
    public static bool IsDue(int hits, int limit) => hits < limit;

    /// <summary>How many rows there are at least where none is missing of so many chunks, as far as they are counted.</summary>
    public static long RowsOf(long chunks) => Math.Min(chunks, MostCounted);
}
