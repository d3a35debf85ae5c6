using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>That a document has left the index.</summary>
/// <param name="Ended">Why.</param>
/// <param name="At">When that was committed; of what has expired and is not closed yet, when its time was over.</param>
public readonly record struct Departure(StateEnd Ended, DateTimeOffset At);
