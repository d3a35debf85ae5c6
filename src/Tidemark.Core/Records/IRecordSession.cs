using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>
/// One run's hold on a namespace. Reading members may be called from several threads at once, also beside
/// <see cref="ApplyAsync"/>; they see what was committed when they were called, or later.
/// </summary>
public interface IRecordSession : IAsyncDisposable
{
    /// <summary>Namespace, generations, sources and runs.</summary>
    INamespaceCatalog Catalog { get; }

    /// <summary>Looks all items of a page up by id, set-based; <paramref name="glances"/> gets one entry an item.</summary>
    ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken);

    /// <summary>Loads documents by key, in the keys' order.</summary>
    ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken);

    /// <summary>
    /// Streams the live documents of a source, or of all (null), whose id begins with <paramref name="prefix"/>, in pages; flat in
    /// memory.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, CancellationToken cancellationToken);

    /// <summary>Live documents that a generation beside the active one has not, or not as they are now, in pages by key; flat in memory.</summary>
    IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(GenerationRecord generation, CancellationToken cancellationToken);

    /// <summary>
    /// Applies decided writes in one transaction: records, validity intervals, and the index where it lives in the same
    /// database. One caller at a time. Forgotten on a plan's session.
    /// </summary>
    ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken);

    /// <summary>Commits the batches that were left for later.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes the indexes by which what was written is searched fast, where they are missing and the store does not keep them all the
    /// time. Without them every search finds the same, more slowly. It may take minutes, and nobody waits for it: the namespace is held no
    /// longer, and nothing but the run's end is written after it.
    /// </summary>
    /// <param name="generation">Whose.</param>
    /// <param name="onBegin">Called before something is made, for it may take minutes.</param>
    /// <param name="cancellationToken">What is under way is not made; the next run sees to it.</param>
    ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken);

    /// <summary>Takes the right to drain the namespace's outbox, beside this session's own writes.</summary>
    /// <returns>Null: another run is draining it.</returns>
    ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken);
}
