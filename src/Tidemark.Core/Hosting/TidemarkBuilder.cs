using Microsoft.Extensions.AI;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark;

/// <summary>
/// Puts an index together: a store and an embedder at least. Stores and embedders that need a library bring their own verbs, for
/// instance <c>UseSqlite</c>. Of verbs that contradict each other, the last one counts.
/// </summary>
public sealed class TidemarkBuilder
{
    private TidemarkSetup _setup = new();

    internal TidemarkBuilder()
    {
    }

    /// <summary>A store that is open already; it stays yours to dispose of.</summary>
    public TidemarkBuilder UseStore(ITidemarkStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _setup = _setup with { OpenStore = (_, _) => ValueTask.FromResult(store), OpenEmpty = null, OwnsStore = false };
        return this;
    }

    /// <summary>A store that is opened when it is first needed, and disposed of with the index.</summary>
    /// <param name="open">Opens it, and makes it if it may be made.</param>
    /// <param name="openEmpty">
    /// An empty store to look at where <paramref name="open"/> would make one, so that plans and searches make nothing; null where there is a
    /// store. Without it they open the store as everything else does.
    /// </param>
    public TidemarkBuilder UseStore(Opening<ITidemarkStore> open, Opening<ITidemarkStore?>? openEmpty = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        _setup = _setup with { OpenStore = open, OpenEmpty = openEmpty, OwnsStore = true };
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
        return UseEmbedder((context, _) => ValueTask.FromResult(model(context.Services)));
    }

    /// <summary>The embedding generator of the container; it stays the container's to dispose of.</summary>
    /// <param name="space">As <see cref="UseEmbedder(IEmbeddingGenerator{string, Embedding{float}}, string, int, EmbeddingRequestOptions?)"/> takes it.</param>
    /// <param name="dimensions">Of a vector.</param>
    /// <param name="requests">How a provider is asked over a network; null: the generator does all that itself.</param>
    /// <param name="serviceKey">Of a generator that was registered by a key; null: by none.</param>
    public TidemarkBuilder UseEmbedder(string space, int dimensions, EmbeddingRequestOptions? requests = null, object? serviceKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return UseEmbedder(services => new EmbeddingModel
        {
            Space = new EmbeddingSpace(space, dimensions),
            Generator = ServiceGenerator.Of(services, serviceKey),
            Requests = requests,
        });
    }

    /// <summary>A model that is made when it is first needed, and may ask an endpoint before; what verbs of providers use.</summary>
    /// <param name="open">Makes it; what it says of its failure is what the call fails with.</param>
    /// <param name="follows">
    /// The model depends on <see cref="OpeningContext.Built"/>: it is made for each namespace, once for what that was built with.
    /// </param>
    public TidemarkBuilder UseEmbedder(Opening<EmbeddingModel> open, bool follows = false)
    {
        ArgumentNullException.ThrowIfNull(open);
        _setup = _setup with { OpenModel = open, ModelFollows = follows };
        return this;
    }

    /// <summary>
    /// Another model that the index knows: wherever a generation of its space answers or follows, it is asked. With the model that a
    /// migration leads from added beside the one that it leads to, one program serves before, during and after it.
    /// </summary>
    public TidemarkBuilder AddEmbedder(EmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _setup = _setup with { OtherModels = [.. _setup.OtherModels, model] };
        return this;
    }

    /// <summary>A chunker of your own. Its fingerprint is part of the index: another one needs a rebuild.</summary>
    public TidemarkBuilder UseChunker(IChunker chunker)
    {
        ArgumentNullException.ThrowIfNull(chunker);
        _setup = _setup with { Chunker = chunker };
        return this;
    }

    /// <summary>
    /// One of the chunkers there are. By default a namespace keeps the one that it was built with, and a new one takes the structured.
    /// </summary>
    public TidemarkBuilder UseChunker(ChunkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return UseChunker(ChunkerChoice.Of(options));
    }

    /// <summary>A chunker of which only a part is said; the rest is as a namespace was built.</summary>
    public TidemarkBuilder UseChunker(ChunkerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        _setup = _setup with { Chunker = null, Cutting = choice };
        return this;
    }

    /// <summary>The namespace that calls work on if they name none; by default <c>default</c>.</summary>
    public TidemarkBuilder UseNamespace(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _setup = _setup with { Namespace = name };
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
        _setup = _setup with { Sources = [.. _setup.Sources, source] };
        return this;
    }

    /// <summary>
    /// Hash and embed the trimmed, white-space-collapsed, lower-cased text, so that a change of only white space or case costs
    /// no embedding. Where nothing is said, a namespace keeps to what it was built with.
    /// </summary>
    public TidemarkBuilder NormalizeInput(bool normalize = true)
    {
        _setup = _setup with { NormalizeInput = normalize };
        return this;
    }

    /// <summary>
    /// Words are found in their other forms too, by the endings of a language: <c>harbours</c> by <c>harbour</c>. Nothing is embedded for it, but all
    /// words are indexed in another way, so it is part of what a namespace is built with. Where nothing is said, it keeps to that.
    /// </summary>
    /// <param name="language">One of <see cref="Wording.Stemmer.Languages"/>; null: words are found as they stand only.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: no endings of that language are known.</exception>
    public TidemarkBuilder UseStemming(string? language)
    {
        _setup = _setup with { Stemming = Wording.Stemmer.Of(language)?.Language ?? "" };
        return this;
    }

    /// <summary>Deletes, tombstones and expiry are refused, as an audit log must.</summary>
    /// <param name="namespaces">In these, whatever the case of their letters; none: in all.</param>
    public TidemarkBuilder AppendOnly(params IReadOnlyCollection<string> namespaces)
    {
        ArgumentNullException.ThrowIfNull(namespaces);
        _setup = _setup with { AppendOnly = namespaces.Count == 0 ? null : [.. namespaces] };
        return this;
    }

    /// <summary>
    /// What holds for documents that say nothing themselves: how long they are valid, of which tier they are. A rule that changes holds for a document when its source
    /// is listed next; nothing is embedded for it.
    /// </summary>
    public TidemarkBuilder UsePolicy(DocumentPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _setup = _setup with { Policy = policy };
        return this;
    }

    /// <summary>
    /// Whether a document's text is kept where its chunks do not add up to it, as they do not where they overlap; by default it is.
    /// </summary>
    public TidemarkBuilder KeepText(bool keep = true)
    {
        _setup = _setup with { KeepText = keep };
        return this;
    }

    /// <summary>What holds suspiciously many deletions back.</summary>
    public TidemarkBuilder UseGuard(DeletionGuard guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        _setup = _setup with { Guard = guard };
        return this;
    }

    /// <summary>Hears of every run.</summary>
    public TidemarkBuilder UseObserver(ISyncObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _setup = _setup with { Observer = observer };
        return this;
    }

    /// <summary>
    /// Vectors are indexed outside of the store; what verbs of external indexes use, for instance <c>UseChroma</c>. Another
    /// location than the index was built with needs a rebuild, which embeds nothing.
    /// </summary>
    /// <param name="location">See <see cref="PipelineIdentity.Index"/>. Null: where a namespace was built; a new one in the store.</param>
    /// <param name="open">Makes what opens it, once; it is disposed of with the index if it can be.</param>
    public TidemarkBuilder UseIndex(string? location, Opening<IExternalIndexes> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _setup = _setup with { Index = location, OpenIndexes = open };
        return this;
    }

    /// <summary>
    /// How long a call that changes something waits for another run, of this process or another, where its options do not say; by default a
    /// minute. Zero fails at once with <c>run.locked</c>.
    /// </summary>
    public TidemarkBuilder UseWait(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        _setup = _setup with { Patience = wait };
        return this;
    }

    /// <summary>By default the one of the services, else the system's.</summary>
    public TidemarkBuilder UseClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _setup = _setup with { Clock = clock };
        return this;
    }

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: something is missing; all of it is named.</exception>
    internal TidemarkSetup Build() => _setup.Checked();
}
