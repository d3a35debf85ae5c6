using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryErasure(MemoryState state) : IErasure
{
    public IReadOnlyList<string> NotCovered => ["whatever was read before"];

    public async ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        lock (state.Gate)
        {
            var space = state.Namespaces[@namespace];
            var live = documents.Where(document => space.Documents.GetValueOrDefault(document)?.State == DocumentState.Live).ToArray();
            string[] gone = [.. documents.Except(live)];
            bool IsErased((MemoryDocument Document, long To, StateEnd End) former) =>
                gone.Contains(former.Document.Id) || sourceIds.Contains(former.Document.SourceId);
            var others = space.History.Where(IsErased).Select(former => former.Document.Id).Except(gone).ToHashSet();
            var history = space.History.RemoveAll(IsErased);
            space.Cuts.RemoveAll(cut => gone.Contains(cut.Document.Id) || sourceIds.Contains(cut.Document.SourceId));
            var listed = space.History.SelectMany(former => former.Document.Chunks).Select(chunk => chunk.Key).ToHashSet();
            bool IsClosed((MemoryChunk Chunk, string Space, long To, string Document) chunk) =>
                gone.Contains(chunk.Document) || (others.Contains(chunk.Document) && !listed.Contains(chunk.Chunk.Key));
            var closed = space.ClosedChunks.Where(IsClosed).ToArray();
            space.ClosedChunks.RemoveAll(IsClosed);
            string[] traces = [.. closed.Select(chunk => ErasureTrace.Of(chunk.Chunk.Text)).OfType<string>()];
            return new ErasedDocuments
            {
                Records = gone.Count(space.Documents.Remove),
                Chunks = closed.Length,
                History = history,
                Queue = space.Queue.RemoveAll(change => gone.Contains(change.Document) || sourceIds.Contains(ChangeOrder.SourceIdOf(change.Change))),
                Quarantine = state.Quarantine.RemoveAll(entry => entry.Namespace == @namespace && gone.Contains(entry.Document)),
                Vectors = closed.Select(chunk => (chunk.Space, chunk.Chunk.Input)).Distinct().Count(input => !IsNeeded(input) && state.Embeddings.Remove(input)),
                Golden = EraseGolden(space, new GoldenErasure(documents, traces)),
                StillLive = live,
                Traces = traces,
            };
        }
    }

    public ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace,
        IReadOnlyCollection<string> documents,
        IReadOnlyCollection<string> sourceIds,
        IReadOnlyCollection<string> traces,
        CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<ErasureProbe>>(
                [new ErasureProbe("records", documents.Count(state.Namespaces[@namespace].Documents.ContainsKey))]);
        }
    }

    private static int EraseGolden(MemoryNamespace space, GoldenErasure erasure)
    {
        var touched = space.Golden.Where(erasure.Touches).ToArray();
        space.Golden.RemoveAll(erasure.Touches);
        space.Golden.AddRange(touched.Select(erasure.Without).OfType<GoldenQuery>());
        var changed = 0;
        for (var i = 0; i < space.GoldenRuns.Count; i++)
        {
            if (erasure.Without(space.GoldenRuns[i].Results) is { } results)
            {
                space.GoldenRuns[i] = space.GoldenRuns[i] with { Results = results };
                changed++;
            }
        }

        return touched.Length + changed;
    }

    public bool IsNeeded((string Space, ContentHash Input) input) => state.Namespaces.Values.Any(space =>
        (space.Active?.Pipeline.Space == input.Space && space.Live.SelectMany(document => document.Chunks).Any(chunk => chunk.Input == input.Input))
        || space.ClosedChunks.Exists(closed => (closed.Space, closed.Chunk.Input) == input));
}
