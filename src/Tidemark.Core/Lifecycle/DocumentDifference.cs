using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>What became of one document between two moments.</summary>
/// <param name="Document">Its id; of one that moved, the new one.</param>
/// <param name="Change"><c>added</c>, <c>edited</c>, <c>metadata</c>, <c>moved</c> or <c>deleted</c>.</param>
/// <param name="Chunks">What became of its chunks, by embedding input.</param>
public sealed record DocumentDifference(string Document, string Change, ChunkCounts Chunks)
{
    /// <summary>Of one that moved, the id that it had; null: it did not.</summary>
    public string? From { get; init; }
}
