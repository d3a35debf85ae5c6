using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Publishing;

namespace Tidemark;

/// <summary>Opens the store of an index once, when it is first needed; what failed is tried again by the next call.</summary>
internal sealed class IndexOpener(TidemarkSetup setup, IServiceProvider services) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<IDocumentSource>? _sources;
    private ITidemarkStore? _store;
    private IExternalIndexes? _indexes;
    private volatile bool _disposed;

    /// <summary>Made once, so that a source can keep what it learns.</summary>
    public IReadOnlyList<IDocumentSource> Sources =>
        _sources ?? Interlocked.CompareExchange(ref _sources, [.. setup.Sources.Select(make => make(services))], null) ?? _sources;

    public TimeProvider Clock =>
        setup.Clock ?? services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;

    /// <summary>One part is opened at a time.</summary>
    public SemaphoreSlim Gate => _gate;

    public OpeningContext Context => new(services, Clock);

    /// <summary>For what only looks: a store that would have to be made first is looked at as an empty one, and not made.</summary>
    /// <exception cref="ObjectDisposedException">The index is closed.</exception>
    public async Task<T> LookAsync<T>(Func<ITidemarkStore, Task<T>> look, CancellationToken cancellationToken)
    {
        var (store, isEmpty) = await OpenToLookAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await look(store).ConfigureAwait(false);
        }
        finally
        {
            if (isEmpty)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The same for whoever looks longer.</summary>
    /// <returns>An empty one is the caller's to dispose of.</returns>
    public async Task<(ITidemarkStore Store, bool IsEmpty)> OpenToLookAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
        cancellationToken.ThrowIfCancellationRequested();
        return Volatile.Read(ref _store) is null
            && setup.OpenEmpty is { } openEmpty
            && await openEmpty(Context, cancellationToken).ConfigureAwait(false) is { } empty
                ? (empty, true)
                : (await OpenAsync(cancellationToken).ConfigureAwait(false), false);
    }

    /// <exception cref="ObjectDisposedException">The index is closed.</exception>
    public async ValueTask<ITidemarkStore> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
        if (Volatile.Read(ref _store) is { } ready)
        {
            return ready;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
            if (_store is { } other)
            {
                return other;
            }

            var store = await setup.OpenStore!(Context, cancellationToken).ConfigureAwait(false);
            if (setup.OpenIndexes is { } openIndexes)
            {
                _indexes = await openIndexes(Context, cancellationToken).ConfigureAwait(false);
                store = new ExternallyIndexedStore(store, _indexes);
            }

            Volatile.Write(ref _store, store);
            return store;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes what is open; a store that is being opened is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (_store is { } store && setup.OwnsStore)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            (_indexes as IDisposable)?.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }
}
