namespace Tidemark.Chunking;

/// <summary>The chunkers there are.</summary>
public enum ChunkerKind
{
    /// <summary>Boundaries chosen by structure and content, so that an edit moves few of them.</summary>
    Structured,

    /// <summary>The recursive character splitter of LangChain, for an index that comes from there.</summary>
    Recursive,

    /// <summary>The document is the chunk.</summary>
    None,
}
