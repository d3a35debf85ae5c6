using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryDrain(MemoryState state, MemoryNamespace space) : IOutboxDrain
{
    private readonly MemoryEntries _entries = new(state, space);

    public ValueTask<OutboxPage?> ReadAsync(string location, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var all = space.Publishing.RowsAt(location).ToArray();
            var rows = all.Where(row => row.Change != OutboxChange.Delete).ToArray();
            rows = rows.Length > 0 ? rows : all;
            if (rows.MinBy(row => row.Position) is not { } first)
            {
                return ValueTask.FromResult<OutboxPage?>(null);
            }

            var entries = rows.Where(row => row.Generation.Id == first.Generation.Id).OrderBy(row => row.Position).Take(limit)
                .Select(row => new OutboxEntry(
                    row.Position, row.Id, row.Change, row.Change == OutboxChange.Delete ? null : _entries.Find(row.Id)))
                .ToArray();
            return entries.FirstOrDefault(entry => entry.Content is { Vector.IsEmpty: true }) is { } lost
                ? throw new TidemarkException(
                    ErrorCodes.EmbeddingMissing, $"the vector of a chunk of '{lost.Content!.Document}' is lost", "repair")
                : ValueTask.FromResult<OutboxPage?>(new OutboxPage(
                    first.Generation.Id, space.Publishing.BindingOf(first.Generation.Pipeline), entries));
        }
    }

    public ValueTask AcknowledgeAsync(OutboxPage page, CancellationToken cancellationToken) =>
        Do(() => space.Publishing.Acknowledge(page));

    public ValueTask<IndexBinding> BindingAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(space.Publishing.BindingOf(pipeline));
        }
    }

    public ValueTask BindAsync(string location, string incarnation, CancellationToken cancellationToken) =>
        Do(() => space.Publishing.Incarnations[location] = incarnation);

    public ValueTask RepeatAsync(IReadOnlyCollection<EntryId> entries, CancellationToken cancellationToken) => Do(() =>
    {
        foreach (var id in entries)
        {
            if (_entries.Owner(id) is var (generation, document))
            {
                space.Publishing.Repeat(generation, document.Id, id, state.Now);
            }
        }
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask Do(Action work)
    {
        lock (state.Gate)
        {
            work();
            return ValueTask.CompletedTask;
        }
    }
}
