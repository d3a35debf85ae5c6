namespace Tidemark.Searching;

public enum SearchMode
{
    /// <summary>Vector and keyword results fused by reciprocal rank.</summary>
    Hybrid,
    Vector,
    Keyword,
}
