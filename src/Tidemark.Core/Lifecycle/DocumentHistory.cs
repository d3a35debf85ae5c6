namespace Tidemark.Lifecycle;

/// <summary>The states of one document that are still kept, newest first.</summary>
public sealed record DocumentHistory(string Document, IReadOnlyList<HistoryState> States);
