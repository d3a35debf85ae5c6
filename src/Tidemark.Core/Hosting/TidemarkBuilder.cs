using Microsoft.Extensions.AI;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>
/// Puts an index together: a store and an embedder at least. Stores and embedders that need a library bring their own verbs, for
/// instance <c>UseSqlite</c>. Of verbs that contradict each other, the last one counts.
/// </summary>
public sealed class TidemarkBuilder
{
    private readonly List<Func<IServiceProvider, IDocumentSource>> _sources = [];
    private StoreOpening? _openStore;
    private EmptyStoreOpening? _openEmpty;
    private bool _ownsStore;
    private ModelOpening? _openModel;
    private Func<EmbeddingModel, IChunker> _chunker = ChunkerOf(new ChunkerOptions());
    private string _namespace = "default";
    private bool _normalizeInput;
    private bool _appendOnly;
    private DeletionGuard _guard = DeletionGuard.Default;
    private ISyncObserver? _observer;
    private TimeProvider? _clock;
    private string _index = PipelineIdentity.InStore;
    private IndexOpening? _openIndexes;

    internal TidemarkBuilder()
    {
    }

    /// <summary>A store that is open already; it stays yours to dispose of.</summary>
    public TidemarkBuilder UseStore(ITidemarkStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_openStore, _openEmpty, _ownsStore) = ((_, _, _) => ValueTask.FromResult(store), null, false);
        return this;
    }

    /// <summary>A store that is opened when it is first needed, and disposed of with the index.</summary>
    /// <param name="open">Opens it, and makes it if it may be made.</param>
    /// <param name="openEmpty">
    /// An empty store to look at where <paramref name="open"/> would make one, so that plans and searches make nothing; null where there is a
    /// store. Without it they open the store as everything else does.
    /// </param>
    public TidemarkBuilder UseStore(StoreOpening open, EmptyStoreOpening? openEmpty = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        (_openStore, _openEmpty, _ownsStore) = (open, openEmpty, true);
        return this;
    }

    /// <summary>The offline, lexical embedder; its space is <c>hashing:DIM</c>.</summary>
    /// <param name="dimensions">16 to 4,096.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: other dimensions.</exception>
    public TidemarkBuilder UseHashingEmbedder(int dimensions = HashingModel.DefaultDimensions)
    {
        var model = HashingModel.Create(dimensions);
        return UseEmbedder(_ => model);
    }

    /// <summary>Any embedding generator of Microsoft.Extensions.AI; it stays yours to dispose of.</summary>
    /// <param name="generator">Gives one vector an input, in their order.</param>
    /// <param name="space">
    /// What makes two of its vectors comparable, as one name: provider, model, whatever else changes a vector. Another name, and
    /// the index has to be rebuilt.
    /// </param>
    /// <param name="dimensions">Of a vector.</param>
    /// <param name="requests">
    /// How a provider is asked over a network: several requests at once, paced, tried again. Null: the generator runs in this
    /// process, or does all that itself.
    /// </param>
    public TidemarkBuilder UseEmbedder(
        IEmbeddingGenerator<string, Embedding<float>> generator,
        string space,
        int dimensions,
        EmbeddingRequestOptions? requests = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentException.ThrowIfNullOrWhiteSpace(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return UseEmbedder(new EmbeddingModel
        {
            Space = new EmbeddingSpace(space, dimensions),
            Generator = generator,
            Requests = requests,
        });
    }

    /// <summary>A model with all that is known of it: its longest input, its price, the inputs of one request.</summary>
    public TidemarkBuilder UseEmbedder(EmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return UseEmbedder(_ => model);
    }

    /// <summary>A model made of services when it is first needed.</summary>
    public TidemarkBuilder UseEmbedder(Func<IServiceProvider, EmbeddingModel> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return UseEmbedder((services, _, _) => ValueTask.FromResult(model(services)));
    }

    /// <summary>A model that is made when it is first needed, and may ask an endpoint before; what verbs of providers use.</summary>
    public TidemarkBuilder UseEmbedder(ModelOpening open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _openModel = open;
        return this;
    }

    /// <summary>A chunker of your own. Its fingerprint is part of the index: another one needs a rebuild.</summary>
    public TidemarkBuilder UseChunker(IChunker chunker)
    {
        ArgumentNullException.ThrowIfNull(chunker);
        _chunker = _ => chunker;
        return this;
    }

    /// <summary>One of the chunkers there are; by default the structured one.</summary>
    public TidemarkBuilder UseChunker(ChunkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _chunker = ChunkerOf(options);
        return this;
    }

    /// <summary>The namespace that calls work on if they name none; by default <c>default</c>.</summary>
    public TidemarkBuilder UseNamespace(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _namespace = name;
        return this;
    }

    /// <summary>A source that is synced by calls that name none.</summary>
    public TidemarkBuilder AddSource(IDocumentSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return AddSource(_ => source);
    }

    /// <summary>A source made of services, that is synced by calls that name none.</summary>
    public TidemarkBuilder AddSource(Func<IServiceProvider, IDocumentSource> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _sources.Add(source);
        return this;
    }

    /// <summary>
    /// Hash and embed the trimmed, white-space-collapsed, lower-cased text, so that a change of only white space or case costs
    /// no embedding.
    /// </summary>
    public TidemarkBuilder NormalizeInput()
    {
        _normalizeInput = true;
        return this;
    }

    /// <summary>Deletes, tombstones and expiry are refused, as an audit log must.</summary>
    public TidemarkBuilder AppendOnly()
    {
        _appendOnly = true;
        return this;
    }

    /// <summary>What holds suspiciously many deletions back.</summary>
    public TidemarkBuilder UseGuard(DeletionGuard guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        _guard = guard;
        return this;
    }

    /// <summary>Hears of every run.</summary>
    public TidemarkBuilder UseObserver(ISyncObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _observer = observer;
        return this;
    }

    /// <summary>
    /// Vectors are indexed outside of the store; what verbs of external indexes use, for instance <c>UseChroma</c>. Another
    /// location than the index was built with needs a rebuild, which embeds nothing.
    /// </summary>
    /// <param name="location">See <see cref="PipelineIdentity.Index"/>.</param>
    /// <param name="open">Makes what opens it.</param>
    public TidemarkBuilder UseIndex(string location, IndexOpening open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        ArgumentNullException.ThrowIfNull(open);
        (_index, _openIndexes) = (location, open);
        return this;
    }

    /// <summary>By default the one of the services, else the system's.</summary>
    public TidemarkBuilder UseClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        return this;
    }

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: something is missing; all of it is named.</exception>
    internal TidemarkSetup Build()
    {
        if (_openStore is null || _openModel is null)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                "the index has " + string.Join(" and ", Missing("no store", _openStore).Concat(Missing("no embedder", _openModel))),
                "call 'UseSqlite' or 'UseStore', and 'UseHashingEmbedder' or 'UseEmbedder', where the index is put together");
        }

        return new TidemarkSetup
        {
            OpenStore = _openStore,
            OpenEmpty = _openEmpty,
            OwnsStore = _ownsStore,
            OpenModel = _openModel,
            Chunker = _chunker,
            Sources = [.. _sources],
            Namespace = _namespace,
            NormalizeInput = _normalizeInput,
            AppendOnly = _appendOnly,
            Guard = _guard,
            Observer = _observer,
            Clock = _clock,
            Index = _index,
            OpenIndexes = _openIndexes,
        };
    }

    private static IEnumerable<string> Missing(string what, object? part) => part is null ? [what] : [];

    private static Func<EmbeddingModel, IChunker> ChunkerOf(ChunkerOptions options) => model => ChunkerFactory.Create(
        options with { MaxInputBytes = Math.Min(options.MaxInputBytes, model.MaxInputBytes) });
}
