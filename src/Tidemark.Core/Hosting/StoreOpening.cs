using Tidemark.Indexing;

namespace Tidemark;

/// <summary>Opens the store of an index, once.</summary>
/// <param name="services">Of the container; an index without one gives nothing.</param>
/// <param name="clock">The index's clock.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate ValueTask<ITidemarkStore> StoreOpening(
    IServiceProvider services, TimeProvider clock, CancellationToken cancellationToken);
