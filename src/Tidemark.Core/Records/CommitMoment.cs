namespace Tidemark.Records;

/// <summary>One commit: its place in the order of a namespace, the run that made it, and when.</summary>
/// <param name="Sequence">What orders commits; times do not.</param>
/// <param name="Run">0: not known.</param>
/// <param name="At">By the clock of whoever committed.</param>
public readonly record struct CommitMoment(long Sequence, long Run, DateTimeOffset At);
