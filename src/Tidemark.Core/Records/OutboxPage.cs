namespace Tidemark.Records;

/// <summary>
/// What comes next, for one external index: either entries to write, in the order in which they were decided, or, only
/// where nothing is left to write, entries to delete.
/// </summary>
public sealed record OutboxPage(long Generation, IndexBinding Binding, IReadOnlyList<OutboxEntry> Entries);
