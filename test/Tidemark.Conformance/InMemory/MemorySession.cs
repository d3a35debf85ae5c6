using System.Runtime.CompilerServices;
using System.Text;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemorySession(
    MemoryState state, MemoryNamespace @namespace, SessionRequest request, MemoryLease? lease) : IRecordSession
{
    private readonly MemoryCatalog _catalog = new(state, @namespace, request);

    public INamespaceCatalog Catalog => _catalog;

    public ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            for (var i = 0; i < page.Items.Length; i++)
            {
                var id = Encoding.UTF8.GetString(page.Items[i].Id.Span);
                glances.Span[i] = id.Length > 0 && @namespace.Documents.TryGetValue(id, out var document)
                    ? document.Glance
                    : default;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var byKey = @namespace.Documents.Values.ToDictionary(document => document.Key);
            return ValueTask.FromResult<IReadOnlyList<DocumentRecord>>(
                [.. keys.Select(key => byKey[key.Value].Record(withText))]);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<LiveDocument> live;
        lock (state.Gate)
        {
            live =
            [
                .. from document in @namespace.Live
                   where source is null || document.Source == source
                   where document.Id.StartsWith(prefix, StringComparison.Ordinal)
                   orderby document.Key
                   select new LiveDocument(
                       new DocumentKey(document.Key), document.SourceIdKey, document.Sequence, document.Chunks.Count,
                       document.TextHash)
                   {
                       IsRestored = document.Token == ChangeToken.Restored,
                   },
            ];
        }

        foreach (var page in live.Chunk(100))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(
        GenerationRecord generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<DocumentKey> behind;
        lock (state.Gate)
        {
            behind =
            [
                .. @namespace.Live.Where(document => document.Staged?.Sequence != document.Sequence)
                    .OrderBy(document => document.Key).Select(document => new DocumentKey(document.Key)),
            ];
        }

        foreach (var page in behind.Chunk(100))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }

        await Task.CompletedTask;
    }

    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken)
    {
        if (request.ForPlan)
        {
            throw new InvalidOperationException("A plan's session writes nothing.");
        }

        lock (state.Gate)
        {
            return ValueTask.FromResult(new MemoryApplier(state, @namespace, batch, request.KeepText).Apply());
        }
    }

    public ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IOutboxDrain?>(request.ForPlan ? null : new MemoryDrain(state, @namespace));

    public ValueTask DisposeAsync()
    {
        _catalog.Close();
        lease?.Dispose();
        return ValueTask.CompletedTask;
    }
}
