using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Migrating;

/// <summary>
/// A session for long work beside runs and workers: it looks without holding anything, and holds the namespace only for moments, to
/// write. Whatever changed in between is settled by compare-and-swap, as ever.
/// </summary>
/// <param name="store">Holds the namespace.</param>
/// <param name="looking">A plan's session on it.</param>
/// <param name="hold">How it is held for a moment.</param>
/// <param name="clock">Measures the moments.</param>
internal sealed class BriefSession(ITidemarkStore store, IRecordSession looking, SessionRequest hold, TimeProvider clock) : IRecordSession
{
    /// <summary>So long it is kept in one piece: opening and closing costs more than a batch of a fast model.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Longer than others who wait for it pause between two tries.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(120);

    private IRecordSession? _held;
    private long _since;

    public INamespaceCatalog Catalog => new BriefCatalog(this, looking.Catalog);

    /// <summary>The model is asked over a network: nothing is held while it thinks.</summary>
    public bool IsSlow { get; init; }

    public ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken) =>
        looking.GlanceAsync(source, page, glances, cancellationToken);

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken) =>
        looking.LoadAsync(keys, withText, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, CancellationToken cancellationToken) => looking.ListLiveAsync(source, prefix, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(GenerationRecord generation, CancellationToken cancellationToken) =>
        looking.ListBehindAsync(generation, cancellationToken);

    public async ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken)
    {
        var session = await HoldAsync(cancellationToken).ConfigureAwait(false);
        var result = await session.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        if (IsSlow)
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
        else if (clock.GetElapsedTime(_since) >= Longest)
        {
            await ReleaseAsync().ConfigureAwait(false);
            await Task.Delay(Turn, clock, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    public ValueTask CommitAsync(CancellationToken cancellationToken) => ReleaseAsync();

    public ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken) => WithAsync(
        session => session.BuildIndexesAsync(generation, onBegin, cancellationToken), cancellationToken);

    public async ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken) =>
        await (await HoldAsync(cancellationToken).ConfigureAwait(false)).TryDrainAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Work that holds the namespace for as long as it takes.</summary>
    public async ValueTask WithAsync(Func<IRecordSession, ValueTask> work, CancellationToken cancellationToken)
    {
        await work(await HoldAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
    }

    /// <summary>The same with a result.</summary>
    public async ValueTask<T> WithAsync<T>(Func<IRecordSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var result = await work(await HoldAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync().ConfigureAwait(false);
        await looking.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<IRecordSession> HoldAsync(CancellationToken cancellationToken)
    {
        if (_held is null)
        {
            _held = await store.Records.OpenAsync(hold, cancellationToken).ConfigureAwait(false);
            _since = clock.GetTimestamp();
        }

        return _held;
    }

    private async ValueTask ReleaseAsync()
    {
        if (_held is { } held)
        {
            _held = null;
            await held.DisposeAsync().ConfigureAwait(false);
        }
    }
}
