namespace Tidemark.Searching;

/// <summary>What a search compares.</summary>
public enum SearchMode
{
    /// <summary>Vector and keyword results fused by reciprocal rank.</summary>
    Hybrid,

    /// <summary>The query's vector with the chunks': cosine similarity.</summary>
    Vector,

    /// <summary>The query's words with the chunks': BM25.</summary>
    Keyword,
}
