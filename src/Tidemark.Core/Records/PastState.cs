namespace Tidemark.Records;

/// <summary>A document as it was, or still is, from one commit to another.</summary>
/// <param name="Document">What it was; its sequence, run and time are those of the commit that it begins with.</param>
/// <param name="Until">The first commit in which it was no more so; null: it still is.</param>
/// <param name="Ended">Null: it is live. With <paramref name="Until"/> null: its time is over, and nobody has closed it yet.</param>
public sealed record PastState(DocumentSummary Document, CommitMoment? Until, StateEnd? Ended);
