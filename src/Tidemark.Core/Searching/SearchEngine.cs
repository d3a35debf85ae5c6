using System.Numerics.Tensors;
using System.Text;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>Answers queries from the active generation.</summary>
/// <param name="store">The store to ask.</param>
/// <param name="model">The embedding model for queries; its space must be the generation's, otherwise it is an error.</param>
/// <param name="clock">Null: the system's.</param>
public sealed class SearchEngine(ITidemarkStore store, EmbeddingModel model, TimeProvider? clock = null)
{
    /// <summary>How deep each ranking goes before the two are fused, at least.</summary>
    private const int FusionDepth = 50;

    private const int MostAttempts = 3;

    private readonly QueryEmbedder _queries = new(model, clock ?? TimeProvider.System);

    /// <exception cref="TidemarkException">
    /// <c>usage</c>: an empty query or a limit below 1; <c>namespace.missing</c>; <c>embedding.space</c>: the model is not the
    /// generation's; <c>embedding.too-long</c>; <c>embedding.invalid</c>: the model gave no usable vector; other
    /// <c>embedding</c> codes: it gave no answer.
    /// </exception>
    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        RequireQuery(request);
        using var span = TidemarkTelemetry.IsEnabled ? TidemarkInstruments.Source.StartActivity("tidemark.search") : null;
        span?.SetTag("tidemark.namespace", request.Namespace);
        span?.SetTag("tidemark.search.mode", request.Mode.ToString().ToLowerInvariant());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
                span?.SetTag("tidemark.search.hits", result.Hits.Count);
                return result;
            }
            catch (TidemarkException e) when (e.IsTransient && attempt < MostAttempts)
            {
                // The pinned generation was replaced before it answered; the new one is pinned.
            }
        }
    }

    private async Task<SearchResult> AnswerAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        // The generation is pinned before the query is embedded: a promotion in between changes neither space nor answer.
        var known = await store.Reader.NamespaceAsync(request.Namespace, cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(request.Namespace, cancellationToken).ConfigureAwait(false);
        if (known.Generation is not { } generation)
        {
            return new SearchResult(request.Query, model.Space.Name, 0, []);
        }

        if (request.Mode != SearchMode.Keyword)
        {
            RequireSpace(request.Namespace, generation.Pipeline);
        }

        var hits = known.Chunks == 0
            ? []
            : await FindAsync(request, generation, cancellationToken).ConfigureAwait(false);
        return new SearchResult(request.Query, generation.Pipeline.Space, generation.Id, hits);
    }

    private async Task<IReadOnlyList<IndexHit>> FindAsync(
        SearchRequest request, GenerationRecord generation, CancellationToken cancellationToken)
    {
        if (request.Mode == SearchMode.Vector)
        {
            return await NearestAsync(request, generation, request.Limit, cancellationToken).ConfigureAwait(false);
        }

        if (request.Mode == SearchMode.Keyword)
        {
            return await MatchingAsync(request, generation, request.Limit, cancellationToken).ConfigureAwait(false);
        }

        var depth = (int)Math.Min(int.MaxValue, Math.Max(FusionDepth, 2L * request.Limit));
        var nearest = await NearestAsync(request, generation, depth, cancellationToken).ConfigureAwait(false);
        var matching = await MatchingAsync(request, generation, depth, cancellationToken).ConfigureAwait(false);
        return ReciprocalRankFusion.Fuse([nearest, matching], request.Limit);
    }

    private async Task<IReadOnlyList<IndexHit>> NearestAsync(
        SearchRequest request, GenerationRecord generation, int limit, CancellationToken cancellationToken)
    {
        // As the chunks were: what is embedded for a query must be made the way embedding inputs are.
        var input = generation.Pipeline.IsNormalized ? InputNormalizer.Normalize(request.Query) : request.Query;
        RequireLength(input);
        var generated = await _queries.EmbedAsync(input, cancellationToken).ConfigureAwait(false);
        var vector = UnitVector(generated.Count == 1 ? generated[0].Vector : default);
        var query = new VectorQuery(request.Namespace, generation.Id, vector, limit, request.Filter);
        return await store.Index.SearchVectorAsync(query, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<IndexHit>> MatchingAsync(
        SearchRequest request, GenerationRecord generation, int limit, CancellationToken cancellationToken) =>
        store.Index.SearchKeywordAsync(
            new KeywordQuery(request.Namespace, generation.Id, request.Query, limit, request.Filter), cancellationToken);

    private float[] UnitVector(ReadOnlyMemory<float> vector)
    {
        var length = TensorPrimitives.Norm(vector.Span);
        if (vector.Length != model.Space.Dimensions || !float.IsFinite(length) || length == 0)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingInvalid,
                $"the model '{model.Space.Name}' gave no usable vector for the query ({vector.Length} dimensions, length {length})",
                "try the query again; if it stays so, the endpoint does not serve the model that is configured");
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, length, unit);
        return unit;
    }

    private static void RequireQuery(SearchRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Query))
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "the query is empty", "give some words to search for, in quotes if they are several");
        }

        if (request.Limit < 1)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"a search for '{request.Limit}' hits finds nothing", "ask for 1 or more: -k 10");
        }
    }

    private void RequireLength(string input)
    {
        var bytes = Encoding.UTF8.GetByteCount(input);
        if (bytes > model.MaxInputBytes)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingTooLong,
                $"the query has {bytes} bytes, the model '{model.Space.Name}' takes {model.MaxInputBytes}",
                "ask a shorter question, or search with --mode keyword");
        }
    }

    private void RequireSpace(string @namespace, PipelineIdentity pipeline)
    {
        if (!string.Equals(pipeline.Space, model.Space.Name, StringComparison.Ordinal))
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingSpace,
                $"namespace '{@namespace}' is embedded with '{pipeline.Space}', the query would be with '{model.Space.Name}'",
                $"search with --embedder {pipeline.Space}, or re-embed the namespace: tidemark sync SOURCE --rebuild --embedder {model.Space.Name}");
        }
    }

    private async Task<TidemarkException> MissingAsync(string @namespace, CancellationToken cancellationToken)
    {
        var existing = await store.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", existing.Select(n => $"'{n.Name}'"));
        return new TidemarkException(
            ErrorCodes.NamespaceMissing,
            $"there is no namespace '{@namespace}' in this store",
            existing.Count == 0
                ? "sync a source first: tidemark sync FOLDER"
                : $"use one of those that exist (--namespace {names}), or sync a source into it first");
    }
}
