using Tidemark.Records;

namespace Tidemark.Indexing;

/// <param name="Stamp">The same as before: nothing was published in between.</param>
public sealed record PinnedIndex(IndexBinding Binding, long Stamp);

/// <param name="Stamp">As of the moment in which the entries were looked up.</param>
public sealed record ResolvedHits(IReadOnlyList<IndexHit> Hits, long Stamp);
