using Tidemark.Indexing;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>A store with its pipeline and clock, as the engines take them.</summary>
internal sealed record OpenedIndex(ITidemarkStore Store, SyncPipeline Pipeline, TimeProvider Clock);
