using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark;

/// <summary>What a <see cref="TidemarkBuilder"/> was told. What is null was left open.</summary>
internal sealed record TidemarkSetup
{
    public Opening<ITidemarkStore>? OpenStore { get; init; }

    /// <summary>Null of this, and null from it: the store is opened as for everything else.</summary>
    public Opening<ITidemarkStore?>? OpenEmpty { get; init; }

    /// <summary>A store that somebody handed in is theirs to dispose of.</summary>
    public bool OwnsStore { get; init; }

    public Opening<EmbeddingModel>? OpenModel { get; init; }

    /// <summary>The model depends on what a namespace was built with.</summary>
    public bool ModelFollows { get; init; }

    /// <summary>Beside that one: for generations of their spaces.</summary>
    public IReadOnlyList<EmbeddingModel> OtherModels { get; init; } = [];

    /// <summary>A chunker of somebody's own; null: one of those there are, as <see cref="Cutting"/> says.</summary>
    public IChunker? Chunker { get; init; }

    public ChunkerChoice Cutting { get; init; } = new();

    public IReadOnlyList<Func<IServiceProvider, IDocumentSource>> Sources { get; init; } = [];

    public string Namespace { get; init; } = NamespaceRecord.DefaultName;

    /// <summary>Null: as the namespace was built.</summary>
    public bool? NormalizeInput { get; init; }

    /// <summary>By the endings of which language; empty: of none. Null: as the namespace was built.</summary>
    public string? Stemming { get; init; }

    /// <summary>Namespaces that delete nothing; null: all.</summary>
    public IReadOnlyCollection<string>? AppendOnly { get; init; } = [];

    /// <summary>Whether a namespace deletes nothing. Letters of another case protect it as well: variables of the environment have no case.</summary>
    public bool IsAppendOnly(string name) => AppendOnly is null || AppendOnly.Contains(name, StringComparer.OrdinalIgnoreCase);

    public DocumentPolicy Policy { get; init; } = DocumentPolicy.None;

    public bool KeepText { get; init; } = true;

    public DeletionGuard Guard { get; init; } = DeletionGuard.Default;

    public ISyncObserver? Observer { get; init; }

    /// <summary>Where vectors are indexed; null: as the namespace was built.</summary>
    public string? Index { get; init; }

    /// <summary>Null: there are none but the store's own.</summary>
    public Opening<IExternalIndexes>? OpenIndexes { get; init; }

    /// <summary>How long a call waits for another run where it does not say.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Null: that of the services, else the system's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Whether the pipeline depends on what a namespace was built with.</summary>
    public bool Follows =>
        ModelFollows || OtherModels.Count > 0 || Chunker is null || NormalizeInput is null || Stemming is null || (Index is null && OpenIndexes is not null);

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: something is missing; all of it is named.</exception>
    public TidemarkSetup Checked()
    {
        string[] missing = [.. OpenStore is null ? ["no store"] : (string[])[], .. OpenModel is null ? ["no embedder"] : (string[])[]];
        return missing.Length == 0 ? this : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            "the index has " + string.Join(" and ", missing),
            "call 'UseSqlite' or 'UseStore', and 'UseHashingEmbedder' or 'UseEmbedder', where the index is put together");
    }
}
