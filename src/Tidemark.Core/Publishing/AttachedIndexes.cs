using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>The external indexes that one drain works with, each attached once.</summary>
internal sealed class AttachedIndexes(IExternalIndexes indexes, IOutboxDrain drain) : IAsyncDisposable
{
    private readonly Dictionary<(string Location, EmbeddingSpace Space), IExternalIndex> _attached = [];

    public async ValueTask<IExternalIndex> FindAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        var key = (binding.Location, binding.Space);
        if (_attached.TryGetValue(key, out var known))
        {
            return known;
        }

        var index = indexes.Open(binding.Location);
        try
        {
            var incarnation = await index.AttachAsync(binding, create: true, cancellationToken).ConfigureAwait(false);
            if (!string.Equals(incarnation, binding.Incarnation, StringComparison.Ordinal))
            {
                await drain.BindAsync(binding.Location, incarnation!, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await index.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _attached.Add(key, index);
        return index;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var index in _attached.Values)
        {
            await index.DisposeAsync().ConfigureAwait(false);
        }
    }
}
