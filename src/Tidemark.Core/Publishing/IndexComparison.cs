using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>Compares everything that an external index holds with everything that it should hold, in flat memory.</summary>
/// <param name="outbox">Knows what it should hold.</param>
/// <param name="namespace">Whose index it is.</param>
/// <param name="generation">That it answers for.</param>
internal sealed class IndexComparison(IOutbox outbox, string @namespace, long generation)
{
    public const int PageSize = 500;

    private readonly KeySet _seen = new();
    private readonly HashSet<string> _orphans = new(StringComparer.Ordinal);

    /// <summary>Entries that are there, whosever they are.</summary>
    public long Found => _seen.Count + _orphans.Count;

    public List<EntryId> Missing { get; } = [];

    /// <summary>There, but not what record and embedding say.</summary>
    public List<EntryId> Stale { get; } = [];

    /// <summary>There, and no record asks for them.</summary>
    public IReadOnlyCollection<string> Orphans => _orphans;

    public async Task ListAsync(IExternalIndex index, CancellationToken cancellationToken)
    {
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var ids = EntryId.ParseAll(page.Select(found => found.Id));
            var entries = await outbox.EntriesAsync(@namespace, ids, cancellationToken).ConfigureAwait(false);
            Compare(page, entries.ToDictionary(entry => entry.Id.ToString(), StringComparer.Ordinal));
        }
    }

    /// <summary>Finds what was not listed.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var ids = await outbox.EntryIdsAsync(generation, cancellationToken).ConfigureAwait(false);
        Missing.AddRange(ids.Where(id => !_seen.Contains(id.Chunk.Value)));
    }

    private void Compare(IReadOnlyList<FoundEntry> page, Dictionary<string, IndexEntry> entries)
    {
        foreach (var found in page)
        {
            if (!entries.TryGetValue(found.Id, out var entry))
            {
                _orphans.Add(found.Id);
            }
            else if (_seen.Add(entry.Id.Chunk.Value) && !found.IsLike(entry))
            {
                Stale.Add(entry.Id);
            }
        }
    }
}
