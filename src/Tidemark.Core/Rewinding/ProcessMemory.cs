using System.Collections.Concurrent;
using Tidemark.Records;

namespace Tidemark.Rewinding;

/// <summary>What this process has seen of a store: enough for one that lives through it.</summary>
public sealed class ProcessMemory : IStoreMemory
{
    private readonly ConcurrentDictionary<(string Mark, long Namespace), StoreSighting> _seen = new();

    /// <inheritdoc/>
    public StoreSighting? Find(string mark, long @namespace) => _seen.GetValueOrDefault((mark, @namespace));

    /// <inheritdoc/>
    public void Keep(StoreSighting sighting)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        if (sighting.Mark is { } mark)
        {
            _seen[(mark, sighting.Namespace)] = sighting;
        }
    }
}
