namespace Tidemark;

/// <summary>A part of a run whose latency is measured.</summary>
public enum RunStage
{
    /// <summary>One item is read and its text extracted.</summary>
    Read,

    /// <summary>One document is cut into chunks and hashed.</summary>
    Chunk,

    /// <summary>One request to the embedding model.</summary>
    Embed,

    /// <summary>One batch is written in a transaction.</summary>
    Apply,

    /// <summary>One page of documents that have gone is closed.</summary>
    Cleanup,
}
