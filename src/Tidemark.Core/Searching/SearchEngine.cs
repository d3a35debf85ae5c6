using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>
/// Answers queries: from the active generation, from what was at a moment, or from what is and what was deleted. A hybrid search whose model
/// is not there is answered by keywords, and says so.
/// </summary>
/// <param name="store">The store to ask.</param>
/// <param name="model">The embedding model for queries; its space must be the generation's, otherwise it is an error.</param>
/// <param name="clock">Null: the system's.</param>
public sealed class SearchEngine(ITidemarkStore store, EmbeddingModel model, TimeProvider? clock = null)
{
    /// <summary>How deep each ranking goes before the two are fused, at least.</summary>
    private const int FusionDepth = 50;

    /// <summary>Each begins anew; that something is published or promoted in the middle of six in a row is no accident any more.</summary>
    private const int MostAttempts = 6;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    private readonly QueryVector _queries = new(model, clock ?? TimeProvider.System);

    /// <summary>Finds the model of a generation that answered once; null: there are no others.</summary>
    internal Func<GenerationRecord, CancellationToken, ValueTask<EmbeddingModel>>? OtherModels { get; init; }

    /// <exception cref="TidemarkException">
    /// <c>usage</c>: an empty query or a limit below 1; <c>namespace.missing</c>; <c>embedding.space</c>: the model is not the
    /// generation's; <c>embedding.too-long</c>; <c>embedding.invalid</c>: the model gave no usable vector; other
    /// <c>embedding</c> codes: it gave no answer; <c>run.missing</c>, <c>history.horizon</c>: there is no such moment to ask.
    /// </exception>
    public async Task<SearchResult> SearchAsync(string query, SearchOptions request, CancellationToken cancellationToken)
    {
        RequireQuery(query, request);
        using var span = TidemarkTelemetry.IsEnabled ? TidemarkInstruments.Source.StartActivity("tidemark.search") : null;
        span?.SetTag("tidemark.namespace", request.NamespaceName);
        span?.SetTag("tidemark.search.mode", request.Mode.ToString().ToLowerInvariant());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await AnswerAsync(query, request, cancellationToken).ConfigureAwait(false);
                span?.SetTag("tidemark.search.hits", result.Hits.Count);
                return result;
            }
            catch (TidemarkException e) when (e.Kind == ErrorKind.Busy && attempt < MostAttempts)
            {
                // What it asked was replaced before it answered: the generation, or what an external index has published.
            }
        }
    }

    private async Task<SearchResult> AnswerAsync(
        string query, SearchOptions request, CancellationToken cancellationToken)
    {
        // The generation is pinned before the query is embedded: a promotion in between changes neither space nor answer.
        var known = await store.Reader.NamespaceAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        known = request.Beside ? Beside(known) : known.RequireWhole();
        if (known.Generation is { } built && request.Mode != SearchMode.Keyword && request.AsOf is null)
        {
            RequireSpace(request.NamespaceName, built.Pipeline);
        }

        var doubts = new AnswerDoubts(store, request);
        if (known.Generation is not { } generation || (known.Chunks == 0 && !request.AsksRecords))
        {
            var pipeline = known.Generation?.Pipeline;
            return new SearchResult(query, pipeline?.Space ?? model.Space.Name, known.Generation?.Id ?? 0, [])
            {
                Warnings = await doubts.OfEmptyIndexAsync(known, cancellationToken).ConfigureAwait(false),
            };
        }

        var index = await OpenAsync(request, known, generation, cancellationToken).ConfigureAwait(false);
        var (hits, corrections, outage) = await FindAsync(query, request, index, cancellationToken).ConfigureAwait(false);
        var lacking = await index.LackingAsync(cancellationToken).ConfigureAwait(false);
        return new SearchResult(
            query,
            index.Generation.Pipeline.Space,
            index.Generation.Id,
            await index.LocateAsync(hits, cancellationToken).ConfigureAwait(false))
        {
            Stemming = index.Generation.Pipeline.Stemming,
            Degraded = outage is null ? null : SearchMode.Keyword,
            Corrections = corrections,
            IsComplete = lacking.Count == 0,
            Warnings =
            [
                .. outage is null ? [] : new[] { ModelOutage.Warning(outage) },
                .. lacking,
                .. await doubts.OfAnswerAsync(index, hits.Count == 0, cancellationToken).ConfigureAwait(false),
            ],
        };
    }

    private async ValueTask<IAskedIndex> OpenAsync(
        SearchOptions request, NamespaceSummary known, GenerationRecord generation, CancellationToken cancellationToken) => request.AsksRecords
        ? await PastIndex.OpenAsync(store, known, generation, request, _clock.GetUtcNow(), cancellationToken).ConfigureAwait(false)
        : new LiveIndex(
            store, known.Name, generation, (await ValidAsync(request, known, cancellationToken).ConfigureAwait(false)).Filter);

    /// <summary>What has expired is in no answer. A filter costs time, so it is only asked for where something has.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a time that would leave a document out is not what was stored.</exception>
    private async ValueTask<SearchOptions> ValidAsync(SearchOptions request, NamespaceSummary known, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (!(known.NextExpiry <= now))
        {
            return request;
        }

        await foreach (var _ in store.Reader.ExpiredAsync(known.Name, now, cancellationToken).ConfigureAwait(false))
        {
            // Whoever reads a document looks at its seal.
        }

        return request with { Filter = request.Filter with { ValidAt = now } };
    }

    /// <returns>The hits, and why the model gave no answer although the search goes on without it.</returns>
    private async Task<(IReadOnlyList<IndexHit> Hits, IReadOnlyList<WordCorrection> Corrections, TidemarkException? Outage)> FindAsync(
        string query, SearchOptions request, IAskedIndex index, CancellationToken cancellationToken)
    {
        if (request.Mode == SearchMode.Keyword)
        {
            return await MatchingAsync(query, request, index, outage: null, cancellationToken).ConfigureAwait(false);
        }

        var pipeline = index.Generation.Pipeline;
        float[] vector;
        try
        {
            var queries = await QueriesOfAsync(index.Generation, cancellationToken).ConfigureAwait(false);
            vector = await queries.OfAsync(query, pipeline, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (request.Mode == SearchMode.Hybrid && e.Code == ErrorCodes.EmbeddingSpace)
        {
            return await MatchingAsync(query, request, index, e, cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddingRequestException e)
        {
            var failure = await ModelOutage.OfSearchAsync(e, request, model, store, cancellationToken).ConfigureAwait(false);
            return request.Mode == SearchMode.Hybrid && ModelOutage.IsOutage(failure)
                ? await MatchingAsync(query, request, index, failure, cancellationToken).ConfigureAwait(false)
                : throw failure;
        }

        if (request.Mode == SearchMode.Vector)
        {
            return ((await index.FindAsync(words: null, vector, request.Limit, cancellationToken).ConfigureAwait(false)).Nearest, [], null);
        }

        var depth = (int)Math.Min(int.MaxValue, Math.Max(FusionDepth, 2L * request.Limit));
        var found = await index.FindAsync(query, vector, depth, cancellationToken).ConfigureAwait(false);
        return (
            ReciprocalRankFusion.Fuse(found.Matching, found.Nearest, HashingModel.Makes(pipeline.Space), request.Limit),
            found.Matching.Corrections,
            null);
    }

    /// <exception cref="TidemarkException"><c>embedding.space</c>: the model of a generation that answered once is not at hand.</exception>
    private async ValueTask<QueryVector> QueriesOfAsync(GenerationRecord generation, CancellationToken cancellationToken)
    {
        var space = generation.Pipeline.Space;
        if (string.Equals(space, model.Space.Name, StringComparison.Ordinal))
        {
            return _queries;
        }

        TidemarkException? reason = null;
        try
        {
            if (OtherModels is not null && await OtherModels(generation, cancellationToken).ConfigureAwait(false) is { } other
                && string.Equals(other.Space.Name, space, StringComparison.Ordinal))
            {
                return new QueryVector(other, _clock);
            }
        }
        catch (TidemarkException e)
        {
            reason = e;
        }

        throw new TidemarkException(
            ErrorCodes.EmbeddingSpace,
            $"the index was embedded with '{space}' then, and that model is not at hand",
            reason?.Remedy ?? "ask with SearchMode.Keyword, which needs no model",
            reason);
    }

    private static async Task<(IReadOnlyList<IndexHit> Hits, IReadOnlyList<WordCorrection> Corrections, TidemarkException? Outage)> MatchingAsync(
        string query, SearchOptions request, IAskedIndex index, TidemarkException? outage, CancellationToken cancellationToken)
    {
        var answer = (await index.FindAsync(query, vector: null, request.Limit, cancellationToken).ConfigureAwait(false)).Matching;
        return (answer.Hits, answer.Corrections, outage);
    }

    /// <summary>The namespace as if the generation beside the one that answers were to answer.</summary>
    private static NamespaceSummary Beside(NamespaceSummary known) => known.Beside is { } beside
        ? known with { Generation = beside, Chunks = known.ChunksBeside }
        : throw new TidemarkException(
            ErrorCodes.MigrationMissing,
            $"no generation of '{known.Name}' stands beside the one that answers",
            "'MigrationStatusAsync()' says how things stand");

    private static void RequireQuery(string query, SearchOptions request)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "the query is empty", "give some words to search for, in quotes if they are several");
        }

        if (request is { Beside: true, AsksRecords: true })
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "a generation beside the one that answers has no past of its own", "ask it for what there is now");
        }

        if (request.Limit < 1)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"a search for '{request.Limit}' hits finds nothing", "ask for 1 or more");
        }

        if (request is { AsOf: not null, IncludeArchived: true })
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "SearchOptions.AsOf and SearchOptions.IncludeArchived do not go together: what is archived is told of today", "leave one of them out");
        }
    }

    private void RequireSpace(string @namespace, PipelineIdentity pipeline)
    {
        if (!string.Equals(pipeline.Space, model.Space.Name, StringComparison.Ordinal))
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingSpace,
                $"namespace '{@namespace}' is embedded with '{pipeline.Space}', the query would be with '{model.Space.Name}'",
                $"search with UseEmbedder(\"{pipeline.Space}\"), or re-embed the namespace: SyncAsync(SOURCE, Rebuild, Embedder: \"{model.Space.Name}\")");
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
                ? "sync a source first: SyncAsync(FOLDER)"
                : $"use one of those that exist ({names}), or sync a source into it first");
    }
}
