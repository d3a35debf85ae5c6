using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

public sealed record MemoryCollection(string Incarnation, string? Owner, string? Space)
{
    /// <summary>What somebody else wrote has no content that can be right.</summary>
    public Dictionary<string, IndexEntry?> Entries { get; } = new(StringComparer.Ordinal);
}

internal sealed record MemoryFoundEntry(string Id, IndexEntry? Entry) : FoundEntry(Id)
{
    public override bool IsLike(IndexEntry entry) =>
        Entry is not null
        && Entry with { Vector = default } == entry with { Vector = default }
        && Entry.Vector.Span.SequenceEqual(entry.Vector.Span);
}
