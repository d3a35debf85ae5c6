namespace Tidemark.Records;

/// <summary>The store's dense number of a document, from 1; a run marks what it saw in a bitmap over these.</summary>
public readonly record struct DocumentKey(long Value)
{
    /// <summary>Stands for no document.</summary>
    public bool IsNone => Value == 0;
}

/// <summary>The store's number of a chunk.</summary>
public readonly record struct ChunkKey(long Value)
{
    /// <summary>Stands for no chunk.</summary>
    public bool IsNone => Value == 0;
}

/// <summary>The store's number of a source.</summary>
public readonly record struct SourceKey(long Value);

/// <summary>The store's dense number of a source id; none where a document is its own source id.</summary>
public readonly record struct SourceIdKey(long Value)
{
    /// <summary>The source id is the document's own id.</summary>
    public bool IsNone => Value == 0;
}
