using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryMaintenance(MemoryState state) : IStoreMaintenance
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Embeddings.Sum(e => e.Value.Vector.Length * 4L));
        }
    }

    public ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            state.Namespaces.Remove(@namespace);
            state.Runs.RemoveAll(r => r.Namespace == @namespace);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<GarbageReport> CollectAsync(
        DateTimeOffset historyBefore, DateTimeOffset embeddingsBefore, bool dryRun, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var needed = state.Namespaces.Values
                .Where(s => s.Active is not null)
                .SelectMany(s => s.Live.SelectMany(d => d.Chunks).Select(c => (s.Active!.Pipeline.Space, c.Record.Input)))
                .ToHashSet();
            var garbage = state.Embeddings
                .Where(e => !needed.Contains(e.Key) && e.Value.StoredAt < embeddingsBefore)
                .ToList();
            foreach (var (key, _) in garbage)
            {
                if (!dryRun)
                {
                    state.Embeddings.Remove(key);
                }
            }

            return ValueTask.FromResult(
                new GarbageReport(0, 0, garbage.Count, garbage.Sum(e => e.Value.Vector.Length * 4L), dryRun));
        }
    }
}
