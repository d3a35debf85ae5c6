using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>One entry as an external index has it.</summary>
public abstract record FoundEntry(string Id)
{
    /// <summary>Whether it is what the records say it should be.</summary>
    public abstract bool IsLike(IndexEntry entry);
}
