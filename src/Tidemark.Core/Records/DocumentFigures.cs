namespace Tidemark.Records;

/// <summary>What of a namespace's documents somebody may want to look at.</summary>
/// <param name="WithoutText">Live documents that have no chunk: nothing of them is ever found.</param>
/// <param name="Ahead">Documents, also deleted ones, whose time is ahead of the clock: every true time counts as older.</param>
/// <param name="FirstAhead">The id of the first of those; null: there is none.</param>
public sealed record DocumentFigures(long WithoutText, long Ahead, string? FirstAhead)
{
    /// <summary>There is nothing to look at.</summary>
    public static DocumentFigures None { get; } = new(0, 0, null);
}
