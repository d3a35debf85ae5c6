namespace Tidemark.Records;

/// <param name="Sequence">The last commit sequence handed out.</param>
/// <param name="Generation">The active one; null before the first run.</param>
public sealed record NamespaceRecord(string Name, long Sequence, GenerationRecord? Generation);
