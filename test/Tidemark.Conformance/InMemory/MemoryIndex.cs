using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Searched as it was at the first question of a snapshot.</summary>
internal sealed class MemoryIndex(MemoryState state) : IVectorIndex
{
    private readonly MemoryReader _reader = new(state);

    public IIndexSnapshot Snapshot() => new MemorySnapshot(state);

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.Values
                .Where(space => space.Active?.Id == generation)
                .SelectMany(space => Passing(space, filter))
                .Any());
        }
    }

    public ValueTask TendAsync(string @namespace, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken) => ValueTask.FromResult<IndexState?>(null);

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { } space)
            {
                throw Missing(@namespace);
            }

            var isExternal = space.Active is { Pipeline.IsExternal: true };
            var chunks = _reader.Chunks(space, withVectors: true).ToArray();
            return ValueTask.FromResult(new IndexCheck
            {
                Documents = space.Live.Count(),
                Chunks = chunks.Length,
                Records = chunks.Length,
                Vectors = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is not null),
                Keywords = _reader.Found(space).Count(),
                Missing = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is null),
                MissingEmbeddings =
                [
                    .. chunks.Where(chunk => chunk.Vector is null).DistinctBy(chunk => chunk.Input)
                        .Select(chunk => new MissingEmbedding(chunk.Input, chunk.Text)),
                ],
            });
        }
    }

    public async ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        return _reader.Find(@namespace) is null ? throw Missing(@namespace) : 0;
    }

    private static TidemarkException Missing(string name) =>
        new(ErrorCodes.NamespaceMissing, $"there is no namespace '{name}'", "see the list");

    private IEnumerable<IndexedChunk> Passing(MemoryNamespace space, MetadataFilter filter)
    {
        var isValid = MemoryReader.Valid(space, filter);
        return _reader.Found(space).Where(chunk => MemoryFilter.Matches(chunk, filter) && isValid(chunk.Document));
    }
}
