using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryErasure(MemoryState state) : IErasure
{
    public IReadOnlyList<string> NotCovered => ["whatever was read before"];

    public async ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, string? sourceId, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        lock (state.Gate)
        {
            var space = state.Namespaces[@namespace];
            var live = documents.Where(document => space.Documents.GetValueOrDefault(document)?.State == DocumentState.Live).ToArray();
            string[] gone = [.. documents.Except(live)];
            var closed = space.ClosedChunks.Where(chunk => gone.Contains(chunk.Document)).ToArray();
            space.ClosedChunks.RemoveAll(chunk => gone.Contains(chunk.Document));
            string[] traces = [.. closed.Select(chunk => ErasureTrace.Of(chunk.Chunk.Text)).OfType<string>()];
            return new ErasedDocuments
            {
                Records = gone.Count(space.Documents.Remove),
                Chunks = closed.Length,
                History = space.History.RemoveAll(former => gone.Contains(former.Document.Id)),
                Queue = space.Queue.RemoveAll(change => gone.Contains(change.Document) || ChangeOrder.SourceIdOf(change.Change) == sourceId),
                Quarantine = state.Quarantine.RemoveAll(entry => entry.Namespace == @namespace && gone.Contains(entry.Document)),
                Vectors = closed.Select(chunk => (chunk.Space, chunk.Chunk.Input)).Distinct().Count(input => !IsNeeded(input) && state.Embeddings.Remove(input)),
                Golden = EraseGolden(space, new GoldenErasure(documents, traces)),
                StillLive = live,
                Traces = traces,
            };
        }
    }

    public ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> traces, CancellationToken cancellationToken)
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

    private bool IsNeeded((string Space, ContentHash Input) input) => state.Namespaces.Values.Any(space =>
        (space.Active?.Pipeline.Space == input.Space && space.Live.SelectMany(document => document.Chunks).Any(chunk => chunk.Input == input.Input))
        || space.ClosedChunks.Exists(closed => (closed.Space, closed.Chunk.Input) == input));
}
