using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Wording;

namespace Tidemark;

/// <summary>
/// Makes the pipeline of a namespace: as the index was put together, and where that leaves something open, as the namespace was built.
/// </summary>
internal sealed class PipelineOpener(TidemarkSetup setup, IndexOpener index)
{
    private const int RunsLookedAt = 100;

    private readonly Dictionary<(string? Built, string? Begun, string? Brought, bool IsExact), EmbeddingModel> _models = [];

    /// <summary>Whether another model is asked where another generation answers.</summary>
    public bool DependsOnSpace => setup.ModelFollows || setup.OtherModels.Count > 0;

    /// <summary>Makes a model that does not depend on a namespace before a store is made for it.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (!setup.ModelFollows)
        {
            await ModelAsync(index.Context, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>For a run.</summary>
    /// <param name="store">Knows what the namespace was built with.</param>
    /// <param name="namespace">Whose pipeline it is.</param>
    /// <param name="mayAsk">Given what the namespace was built with: whether an endpoint may be asked of its model.</param>
    /// <param name="brought">See <see cref="OpeningContext.Brought"/>.</param>
    /// <param name="anew">It is built anew: see <see cref="Chunking.ChunkerChoice.Create"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<SyncPipeline> OpenAsync(
        ITidemarkStore store,
        string @namespace,
        Func<PipelineIdentity?, bool> mayAsk,
        string? brought,
        bool anew,
        CancellationToken cancellationToken)
    {
        var (built, begun) = setup.Follows ? await BuiltAsync(store, @namespace, cancellationToken).ConfigureAwait(false) : default;
        var context = index.Context with
        {
            Built = built,
            Begun = begun,
            Store = store,
            Brought = built is null ? brought : null,
            MayAsk = mayAsk(built),
        };
        var model = anew
            ? await ModelAsync(context, cancellationToken).ConfigureAwait(false)
            : await KnownAsync(context, cancellationToken).ConfigureAwait(false);
        return Build(model, built, anew);
    }

    /// <summary>To compare: of the generation that there is, whatever became of it.</summary>
    public async Task<SyncPipeline> OpenForQuestionAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        var built = setup.Follows ? await AnsweringAsync(store, @namespace, cancellationToken).ConfigureAwait(false) : null;
        return Build(await KnownAsync(index.Context with { Built = built }, cancellationToken).ConfigureAwait(false), built, anew: false);
    }

    /// <summary>To ask the generation that there is.</summary>
    public async Task<EmbeddingModel> ModelOfQuestionAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        var built = DependsOnSpace ? await AnsweringAsync(store, @namespace, cancellationToken).ConfigureAwait(false) : null;
        return await KnownAsync(index.Context with { Built = built }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>To ask a generation that answered once: exactly the one that it was built with, if that is at hand.</summary>
    public ValueTask<EmbeddingModel> ModelOfAsync(GenerationRecord generation, CancellationToken cancellationToken) =>
        KnownAsync(index.Context with { Built = generation.Pipeline, IsExact = true }, cancellationToken);

    /// <summary>Of a generation that follows, or is asked beside the one that answers: as it was built, whatever the index is set to.</summary>
    /// <exception cref="TidemarkException"><c>embedding.space</c>, <c>pipeline.changed</c>: what it was built with is not known here.</exception>
    public async ValueTask<SyncPipeline> OpenFollowerAsync(GenerationRecord generation, CancellationToken cancellationToken)
    {
        var built = generation.Pipeline;
        var model = await KnownAsync(index.Context with { Built = built, IsExact = true }, cancellationToken).ConfigureAwait(false);
        return new SyncPipeline
        {
            Model = string.Equals(model.Space.Name, built.Space, StringComparison.Ordinal) ? model : throw Unknown(built),
            Chunker = setup.Chunker is { } own && string.Equals(own.Fingerprint, built.Chunker, StringComparison.Ordinal)
                ? own
                : new Chunking.ChunkerChoice().Create(built.Chunker, model.MaxInputBytes, model.Limit),
            NormalizeInput = built.IsNormalized,
            Stemming = built.Stemming,
            Index = built.Index,
        };
    }

    private static TidemarkException Unknown(PipelineIdentity built) => new(
        ErrorCodes.EmbeddingSpace,
        $"this index has no embedder for '{built.Space}'",
        "add it where the index is put together (AddEmbedder())");

    private static async Task<PipelineIdentity?> AnsweringAsync(
        ITidemarkStore store, string @namespace, CancellationToken cancellationToken) =>
        (await store.Reader.NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false))?.Generation?.Pipeline;

    private SyncPipeline Build(EmbeddingModel model, PipelineIdentity? built, bool anew) => new()
    {
        Model = model,
        Chunker = setup.Chunker ?? setup.Cutting.Create(built?.Chunker, model.MaxInputBytes, model.Limit, anew),
        NormalizeInput = setup.NormalizeInput ?? built?.IsNormalized ?? false,
        Stemming = (setup.Stemming ?? built?.Stemming) is { Length: > 0 } language ? Stemmer.Of(language)!.Language : null,
        Index = setup.Index ?? (setup.OpenIndexes is null ? null : built?.Index) ?? PipelineIdentity.InStore,
    };

    /// <summary>One that was added for the space of what is there, else the index's own.</summary>
    private async ValueTask<EmbeddingModel> KnownAsync(OpeningContext context, CancellationToken cancellationToken) =>
        setup.OtherModels.FirstOrDefault(other => string.Equals(other.Space.Name, context.Built?.Space, StringComparison.Ordinal))
        ?? await ModelAsync(context, cancellationToken).ConfigureAwait(false);

    private async ValueTask<EmbeddingModel> ModelAsync(OpeningContext context, CancellationToken cancellationToken)
    {
        var followed = setup.ModelFollows ? context : index.Context;
        await index.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var key = (followed.Built?.Space, followed.Begun, followed.Brought, followed.IsExact);
            if (!_models.TryGetValue(key, out var model))
            {
                model = await setup.OpenModel!(followed, cancellationToken).ConfigureAwait(false);
                if (model.Space.Dimensions > 0)
                {
                    _models.Add(key, model);
                }
            }

            return model;
        }
        finally
        {
            index.Gate.Release();
        }
    }

    /// <returns>What counts, or the space that nobody has to keep to.</returns>
    private static async Task<(PipelineIdentity? Built, string? Begun)> BuiltAsync(
        ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        var known = await store.Reader.NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var pipeline = known?.Generation?.Pipeline;
        return known is not null && await IsLeftBehindAsync(store, known, cancellationToken).ConfigureAwait(false)
            ? (null, pipeline?.Space)
            : (pipeline, null);
    }

    /// <summary>A first run that failed before it made a chunk leaves a pipeline that nobody has to keep to.</summary>
    private static async Task<bool> IsLeftBehindAsync(
        ITidemarkStore store, NamespaceSummary known, CancellationToken cancellationToken) =>
        known is { Chunks: 0, Generation: not null }
        && await store.Reader.IsUnusedAsync(known.Name, cancellationToken).ConfigureAwait(false)
        && (await store.Reader.RunsAsync(known.Name, RunsLookedAt, cancellationToken).ConfigureAwait(false)).All(run =>
            run.Outcome is null or RunOutcome.Failed or RunOutcome.Cancelled or RunOutcome.Budget);
}
