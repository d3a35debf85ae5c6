using Tidemark.Indexing;

namespace Tidemark;

/// <summary>Makes what opens external indexes, once; it is disposed of with the index if it can be.</summary>
/// <param name="clock">The index's clock.</param>
public delegate IExternalIndexes IndexOpening(TimeProvider clock);
