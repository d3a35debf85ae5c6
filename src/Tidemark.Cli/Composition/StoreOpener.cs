using Tidemark.Cli.Configuration;
using Tidemark.Indexing;

namespace Tidemark.Cli.Composition;

/// <summary>Opens the store that the settings name.</summary>
internal sealed class StoreOpener(StoreLocation location, TimeProvider clock)
{
    public bool Exists => File.Exists(location.Path);

    /// <summary>To look at.</summary>
    /// <exception cref="TidemarkException"><c>store.missing</c>, or the file is no store of ours.</exception>
    public ValueTask<ITidemarkStore> OpenForReadingAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{clock}{cancellationToken.CanBeCanceled}");

    /// <summary>To change what must be there already.</summary>
    /// <exception cref="TidemarkException"><c>store.missing</c>, or the file is no store of ours.</exception>
    public ValueTask<ITidemarkStore> OpenForWritingAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{clock}{cancellationToken.CanBeCanceled}");

    /// <summary>Makes it if there is none.</summary>
    public ValueTask<ITidemarkStore> OpenOrCreateAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{clock}{cancellationToken.CanBeCanceled}");

    /// <summary>Creates nothing: a store that is not there is looked at as an empty one.</summary>
    public ValueTask<ITidemarkStore> OpenForPlanAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{clock}{cancellationToken.CanBeCanceled}");
}
