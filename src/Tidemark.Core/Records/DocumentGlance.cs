using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>The little that decides whether an item has to be read at all.</summary>
public readonly record struct DocumentGlance
{
    public DocumentKey Key { get; init; }

    public DocumentState State { get; init; }

    /// <summary>The id stood more than once in the last run that listed it, so a difference is judged at the end.</summary>
    public bool Repeats { get; init; }

    public SourceKey Source { get; init; }

    public SourceIdKey SourceId { get; init; }

    /// <summary>Commit sequence of the current state: what compare-and-swap compares.</summary>
    public long Sequence { get; init; }

    /// <summary>Live chunks in the active generation.</summary>
    public int Chunks { get; init; }

    public ChangeToken Token { get; init; }
}
