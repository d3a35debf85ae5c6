namespace Tidemark.Server.Content;

/// <summary>What became of a write when it was safe.</summary>
/// <param name="IsQueued">It waits in the queue, or did; else it is in the index.</param>
/// <param name="Sequence">Of the commit that made the state that was sent; null: not known, or the document is gone.</param>
internal readonly record struct Written(bool IsQueued, long? Sequence);
