using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryExternalIndex(MemoryExternalIndexes server, string location) : IExternalIndex
{
    private string? _incarnation;

    private MemoryCollection Collection =>
        server.Collections.GetValueOrDefault(location) is { } found && found.Incarnation == _incarnation ? found : throw Missing();

    public ValueTask<string?> AttachAsync(IndexBinding binding, bool create, CancellationToken cancellationToken)
    {
        server.Serve("attach", location);
        if (!server.Collections.TryGetValue(location, out var collection))
        {
            if (binding.Incarnation is not null)
            {
                throw Missing();
            }

            if (!create)
            {
                return ValueTask.FromResult<string?>(null);
            }

            collection = server.Make(binding);
        }

        if (collection.Owner is null && collection.Entries.Count == 0)
        {
            if (!create)
            {
                return ValueTask.FromResult<string?>(null);
            }

            collection = server.Collections[location] = collection with { Owner = binding.Owner, Space = binding.Space.Name };
        }

        Require(collection, binding);
        return ValueTask.FromResult<string?>(_incarnation = collection.Incarnation);
    }

    public async ValueTask PutAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken)
    {
        // In two requests, so that a fault can come between them.
        foreach (var part in entries.Chunk(Math.Max(1, (entries.Count + 1) / 2)))
        {
            server.Serve("put", location);
            foreach (var entry in part)
            {
                Collection.Entries[entry.Id.ToString()] = entry with { Vector = entry.Vector.ToArray() };
                server.EntriesWritten++;
            }

            await (server.OnChanged?.Invoke() ?? Task.CompletedTask);
        }
    }

    public async ValueTask DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        server.Serve("delete", location);
        foreach (var id in ids)
        {
            server.EntriesDeleted += Collection.Entries.Remove(id) ? 1 : 0;
        }

        await (server.OnChanged?.Invoke() ?? Task.CompletedTask);
    }

    public async ValueTask<IReadOnlyList<string>> SearchAsync(
        ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        server.Serve("search", location);
        string[] found =
        [
            .. Collection.Entries
                .OrderByDescending(entry => entry.Value is { } own
                    ? TensorPrimitives.CosineSimilarity(own.Vector.Span, vector.Span)
                    : 2) // what is foreign is as near as can be
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(limit)
                .Select(entry => entry.Key),
        ];
        await (server.OnFound?.Invoke() ?? Task.CompletedTask);
        return found;
    }

    public async IAsyncEnumerable<IReadOnlyList<FoundEntry>> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        server.Serve("list", location);
        foreach (var page in Collection.Entries.Chunk(3).ToArray())
        {
            yield return [.. page.Select(entry => new MemoryFoundEntry(entry.Key, entry.Value))];
        }

        await Task.CompletedTask;
    }

    public ValueTask DropAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        server.Serve("drop", location);
        if (server.Collections.GetValueOrDefault(location)?.Owner == binding.Owner)
        {
            server.Collections.Remove(location);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Require(MemoryCollection collection, IndexBinding binding)
    {
        if (collection.Owner != binding.Owner || collection.Space != binding.Space.Name)
        {
            throw new TidemarkException(ErrorCodes.IndexForeign, "the collection is somebody else's", "name another");
        }

        if (binding.Incarnation is { } known && known != collection.Incarnation)
        {
            throw Missing();
        }
    }

    private static TidemarkException Missing() => new(ErrorCodes.IndexMissing, "the collection is gone", "verify --repair");
}
