using Tidemark.Indexing;

namespace Tidemark;

/// <summary>Opens an empty store in memory if there is none where the index has its own; null if there is one.</summary>
/// <param name="clock">The index's clock.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate ValueTask<ITidemarkStore?> EmptyStoreOpening(TimeProvider clock, CancellationToken cancellationToken);
