namespace Tidemark.Embedding.Requests;

/// <summary>
/// Stores the vectors of several answers at once: what arrives while the store is busy waits together and costs one
/// transaction, one flush to the disk. Whoever brings vectors is told when they are durable, not before.
/// </summary>
internal sealed class GroupCommit(IEmbeddingStore store, EmbeddingSpace space)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _waiting = [];
    private bool _isStoring;

    /// <exception cref="TidemarkException">The store could not take them.</exception>
    public async Task PutAsync(IReadOnlyList<StoredEmbedding> vectors, bool replace, EmbeddingReceipt receipt)
    {
        var entry = new Entry(vectors, replace, receipt);
        lock (_gate)
        {
            _waiting.Add(entry);
            if (_isStoring)
            {
                // Whoever stores now takes this along next.
                entry.IsGuest = true;
            }

            _isStoring = true;
        }

        if (!entry.IsGuest)
        {
            await StoreAllAsync().ConfigureAwait(false);
        }

        await entry.Stored.Task.ConfigureAwait(false);
    }

    private async Task StoreAllAsync()
    {
        while (Take() is { Count: > 0 } group)
        {
            try
            {
                await StoreAsync(group).ConfigureAwait(false);
                group.ForEach(entry => entry.Stored.TrySetResult());
            }
            catch (Exception e)
            {
                group.ForEach(entry => entry.Stored.TrySetException(e));
            }
        }
    }

    /// <returns>Entries that can be stored together; empty: there is none, and nobody stores any more.</returns>
    private List<Entry> Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isStoring = false;
                return [];
            }

            var group = _waiting.FindAll(entry => entry.GoesWith(_waiting[0]));
            _waiting.RemoveAll(group.Contains);
            return group;
        }
    }

    private async Task StoreAsync(List<Entry> group)
    {
        var vectors = group.Count == 1 ? group[0].Vectors : [.. group.SelectMany(entry => entry.Vectors)];
        var receipt = group[0].Receipt with
        {
            Usage = group.Aggregate(default(EmbeddingUsage), (sum, entry) => sum + entry.Receipt.Usage),
            EstimatedTokens = group.Sum(entry => entry.Receipt.EstimatedTokens),
        };
        await store.PutAsync(space, vectors, group[0].Replace, receipt, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed class Entry(IReadOnlyList<StoredEmbedding> vectors, bool replace, EmbeddingReceipt receipt)
    {
        public IReadOnlyList<StoredEmbedding> Vectors => vectors;

        public bool Replace => replace;

        public EmbeddingReceipt Receipt => receipt;

        public bool IsGuest { get; set; }

        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool GoesWith(Entry other) =>
            Replace == other.Replace
            && (Receipt.Run, Receipt.Cause, Receipt.PricePerMillionTokens)
                == (other.Receipt.Run, other.Receipt.Cause, other.Receipt.PricePerMillionTokens);
    }
}
