using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Publishing;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>Opens the store of an index once, when it is first needed; what failed is tried again by the next call.</summary>
internal sealed class IndexOpener(TidemarkSetup setup, IServiceProvider services) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<IDocumentSource>? _sources;
    private OpenedIndex? _opened;
    private IExternalIndexes? _indexes;
    private bool _disposed;

    /// <summary>Made once, so that a source can keep what it learns.</summary>
    public IReadOnlyList<IDocumentSource> Sources =>
        _sources ?? Interlocked.CompareExchange(ref _sources, [.. setup.Sources.Select(make => make(services))], null) ?? _sources;

    private TimeProvider Clock =>
        setup.Clock ?? services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;

    /// <summary>For what only looks: a store that would have to be made first is looked at as an empty one, and not made.</summary>
    /// <exception cref="ObjectDisposedException">The index is closed.</exception>
    public async Task<T> LookAsync<T>(Func<OpenedIndex, Task<T>> look, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
        if (Volatile.Read(ref _opened) is null
            && setup.OpenEmpty is { } openEmpty
            && await openEmpty(Clock, cancellationToken).ConfigureAwait(false) is { } empty)
        {
            await using var held = empty.ConfigureAwait(false);
            var pipeline = await PipelineAsync(Clock, cancellationToken).ConfigureAwait(false);
            return await look(new OpenedIndex(empty, pipeline, Clock)).ConfigureAwait(false);
        }

        return await look(await OpenAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <exception cref="ObjectDisposedException">The index is closed.</exception>
    public async ValueTask<OpenedIndex> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
        if (Volatile.Read(ref _opened) is { } ready)
        {
            return ready;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TidemarkIndex));
            if (_opened is { } other)
            {
                return other;
            }

            var clock = Clock;
            var pipeline = await PipelineAsync(clock, cancellationToken).ConfigureAwait(false);
            var store = await setup.OpenStore(services, clock, cancellationToken).ConfigureAwait(false);
            if (setup.OpenIndexes is { } openIndexes)
            {
                _indexes = openIndexes(clock);
                store = new ExternallyIndexedStore(store, _indexes);
            }

            var opened = new OpenedIndex(store, pipeline, clock);
            Volatile.Write(ref _opened, opened);
            return opened;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!_disposed && _opened is { } opened && setup.OwnsStore)
            {
                await opened.Store.DisposeAsync().ConfigureAwait(false);
            }

            (_indexes as IDisposable)?.Dispose();
            _disposed = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<SyncPipeline> PipelineAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var model = await setup.OpenModel(services, clock, cancellationToken).ConfigureAwait(false);
        return new SyncPipeline
        {
            Model = model,
            Chunker = setup.Chunker(model),
            NormalizeInput = setup.NormalizeInput,
            Index = setup.Index,
        };
    }
}
