using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a run has seen and done, one bit a document. Touched by the run's conductor only.</summary>
internal sealed class RunMarks
{
    /// <summary>Listed in this run, in whatever state.</summary>
    public KeySet Seen { get; } = new();

    /// <summary>Written in this run.</summary>
    public KeySet Changed { get; } = new();

    /// <summary>New to the index in this run.</summary>
    public KeySet Added { get; } = new();

    /// <summary>Source ids of which something was listed that is in the index now: taken, or unchanged.</summary>
    public KeySet SourceIds { get; } = new();

    public void List(SourceIdKey sourceId)
    {
        if (!sourceId.IsNone)
        {
            SourceIds.Add(sourceId.Value);
        }
    }
}
