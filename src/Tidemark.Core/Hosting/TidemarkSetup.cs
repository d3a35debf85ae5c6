using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>What a <see cref="TidemarkBuilder"/> was told, checked.</summary>
internal sealed record TidemarkSetup
{
    public required StoreOpening OpenStore { get; init; }

    public required EmptyStoreOpening? OpenEmpty { get; init; }

    /// <summary>A store that somebody handed in is theirs to dispose of.</summary>
    public required bool OwnsStore { get; init; }

    public required ModelOpening OpenModel { get; init; }

    public required Func<EmbeddingModel, IChunker> Chunker { get; init; }

    public required IReadOnlyList<Func<IServiceProvider, IDocumentSource>> Sources { get; init; }

    public required string Namespace { get; init; }

    public required bool NormalizeInput { get; init; }

    public required bool AppendOnly { get; init; }

    public required DeletionGuard Guard { get; init; }

    public required ISyncObserver? Observer { get; init; }

    /// <summary>Where vectors are indexed.</summary>
    public required string Index { get; init; }

    /// <summary>Null: in the store.</summary>
    public required IndexOpening? OpenIndexes { get; init; }

    /// <summary>Null: that of the services, else the system's.</summary>
    public required TimeProvider? Clock { get; init; }
}
