using System.Text;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryRecordSession(MemoryState state, MemoryNamespace space, SessionRequest request) : IRecordSession
{
    public INamespaceCatalog Catalog { get; } = new MemoryCatalog(state, space, request.ForPlan);

    public ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            for (var i = 0; i < page.Items.Length; i++)
            {
                var id = Encoding.UTF8.GetString(page.Items[i].Id.Span);
                glances.Span[i] = space.ById.TryGetValue(id, out var document) ? document.Glance : default;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<DocumentRecord>>(
                keys.Select(key => Record(space.Documents[(int)key.Value - 1], withText)).ToList());
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<LiveDocument> live;
        lock (state.Gate)
        {
            live = space.Documents
                .Where(d => d.State == DocumentState.Live && (source is null || d.Source == source))
                .Select(d => new LiveDocument(new DocumentKey(d.Key), d.SourceIdKey, d.Sequence, d.Chunks.Count, d.TextHash))
                .ToList();
        }

        foreach (var page in live.Chunk(7))
        {
            yield return page;
        }
    }

    public ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(new MemoryApply(state, space, batch).Run());
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!request.ForPlan)
        {
            state.Lease.Release();
        }

        return ValueTask.CompletedTask;
    }

    private DocumentRecord Record(MemoryDocument document, bool withText)
    {
        var live = document.State == DocumentState.Live;
        var partition = string.Concat(document.Chunks.Select(c => c.Text)) == document.Text;
        return new DocumentRecord
        {
            Glance = document.Glance,
            Id = document.Id,
            SourceId = document.SourceId,
            TextHash = live ? document.TextHash : default,
            Metadata = document.Metadata,
            Version = document.Version,
            ExpiresAt = document.ExpiresAt,
            Tier = document.Tier,
            Chunks = live ? [.. document.Chunks.Select(c => c.Record)] : [],
            Text = withText && live && (partition || request.KeepText) ? document.Text : null,
        };
    }
}
