using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>The little that decides whether an item has to be read at all.</summary>
public readonly record struct DocumentGlance
{
    /// <summary>None where the store has never heard of the id.</summary>
    public DocumentKey Key { get; init; }

    /// <summary>What the store knows of the id.</summary>
    public DocumentState State { get; init; }

    /// <summary>The id stood more than once in the last run that listed it, so a difference is judged at the end.</summary>
    public bool Repeats { get; init; }

    /// <summary>The source that holds it.</summary>
    public SourceKey Source { get; init; }

    /// <summary>None where the source id is the document's own id.</summary>
    public SourceIdKey SourceId { get; init; }

    /// <summary>Commit sequence of the current state: what compare-and-swap compares.</summary>
    public long Sequence { get; init; }

    /// <summary>Live chunks in the active generation.</summary>
    public int Chunks { get; init; }

    /// <summary>What the source said of the state that is stored; compared, never interpreted.</summary>
    public ChangeToken Token { get; init; }
}
