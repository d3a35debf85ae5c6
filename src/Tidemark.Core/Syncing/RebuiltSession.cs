using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// What a plan sees of a namespace that would be built anew before its sources are listed: every document with the chunks that the new
/// generation would have of it. Texts are cut again where they are looked at; of the others only the number of chunks is kept.
/// </summary>
internal sealed class RebuiltSession(IRecordSession inner, DocumentCutter cutter) : IRecordSession
{
    private readonly Dictionary<DocumentKey, int> _chunks = [];
    private readonly Dictionary<SourceKey, (long Chunks, long Tokens)> _sources = [];

    public INamespaceCatalog Catalog => inner.Catalog;

    /// <summary>Notes what the new generation would have of a document.</summary>
    public void Note(RebuiltDocument document)
    {
        var (glance, chunks) = (document.Former.Glance, document.Write.Chunks);
        _chunks[glance.Key] = chunks.Count;
        var (count, tokens) = _sources.GetValueOrDefault(glance.Source);
        _sources[glance.Source] = (count + chunks.Count, tokens + chunks.Sum(chunk => TokenEstimate.Of(chunk.Text)));
    }

    /// <summary>A source as the new generation would have it.</summary>
    public SourceRecord AsRebuilt(SourceRecord source)
    {
        var (chunks, tokens) = _sources.GetValueOrDefault(source.Key);
        return source with { Chunks = chunks, Tokens = tokens };
    }

    public async ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken)
    {
        await inner.GlanceAsync(source, page, glances, cancellationToken).ConfigureAwait(false);
        foreach (ref var glance in glances.Span)
        {
            glance = AsRebuilt(glance);
        }
    }

    public async ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken)
    {
        var documents = await inner.LoadAsync(keys, withText: true, cancellationToken).ConfigureAwait(false);
        return [.. documents.Select(document => AsRebuilt(document, withText))];
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in inner.ListLiveAsync(source, prefix, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Select(live => live with { Chunks = _chunks.GetValueOrDefault(live.Key, live.Chunks) })];
        }
    }

    public IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(GenerationRecord generation, CancellationToken cancellationToken) =>
        inner.ListBehindAsync(generation, cancellationToken);

    public ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken) => inner.ApplyAsync(batch, cancellationToken);

    public ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    public ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken) => inner.BuildIndexesAsync(generation, onBegin, cancellationToken);

    public ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken) => inner.TryDrainAsync(cancellationToken);

    /// <summary>The inner session stays its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DocumentGlance AsRebuilt(in DocumentGlance glance) =>
        _chunks.TryGetValue(glance.Key, out var chunks) ? glance with { Chunks = chunks } : glance;

    private DocumentRecord AsRebuilt(DocumentRecord document, bool withText) => document with
    {
        Glance = AsRebuilt(document.Glance),
        Chunks = document.Text is { } text && _chunks.ContainsKey(document.Glance.Key) ? Cut(document, text) : document.Chunks,
        Text = withText ? document.Text : null,
    };

    private ChunkRecord[] Cut(DocumentRecord document, string text) =>
    [
        .. cutter.Cut(document.Id, text, document.TextHash).Chunks.Select((chunk, i) => new ChunkRecord(
            new ChunkKey(i + 1), chunk.Input, chunk.Occurrence, chunk.Start, chunk.Length, chunk.Heading)),
    ];
}
