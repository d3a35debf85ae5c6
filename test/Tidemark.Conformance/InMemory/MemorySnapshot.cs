using System.Numerics.Tensors;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Conformance.InMemory;

/// <summary>What could be found when the first question was asked, all of it; every chunk is looked at for every query.</summary>
internal sealed class MemorySnapshot(MemoryState state) : IIndexSnapshot
{
    private readonly MemoryReader _reader = new(state);
    private Frozen? _frozen;

    public ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new VectorAnswer(Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk => chunk.Vector is { } vector
            ? TensorPrimitives.CosineSimilarity(vector.Span, query.Vector.Span)
            : null)));

    public ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken)
    {
        var stemmer = Stemmer.Of(query.Stemming);
        var all = FreezeOnce(query.Namespace).Chunks.ToDictionary(one => one.Chunk.Id, one => MemoryWords.Of(one.Chunk.Text, one.Caption, stemmer));
        var asked = query.Words();
        long Count(string word) => all.Values.Count(words => words.Has(word));
        var near = NearWords.Of(asked, Count);
        foreach (var word in near.Words.Count == 0 ? [] : all.Values.SelectMany(words => words.All).Distinct(StringComparer.Ordinal))
        {
            near.Offer(Encoding.UTF8.GetBytes(word));
        }

        var corrections = near.Choose(Count);
        asked = asked.With(corrections);
        var choice = KeywordChoice.Of(asked, Count);
        var ranking = KeywordRanking.Of(asked, choice, Count, all.Count);
        var phrases = ranking.Phrases.Where(phrase => phrase.Pairs.All(choice.All.Contains)).ToArray();
        IReadOnlyList<IndexHit> Find(Func<MemoryWords, bool> matches) =>
            Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk =>
                matches(all[chunk.Id]) ? all[chunk.Id].Score(ranking) : null);
        var whole = Find(words => choice.All.Count > 0 && choice.All.All(words.Has) && phrases.All(phrase => words.Follow(phrase.Pairs)));
        var hits = whole.Count >= query.Limit || choice.IsOneStep ? whole : Find(words => choice.Any.Any(words.Has));
        return ValueTask.FromResult(new KeywordAnswer(hits, ranking.Whole) { Corrections = corrections });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IReadOnlyList<IndexHit> Search(
        string @namespace, long generation, int limit, MetadataFilter filter, Func<IndexedChunk, double?> score)
    {
        var frozen = FreezeOnce(@namespace);
        if (frozen.Generation != generation)
        {
            throw new TidemarkException(ErrorCodes.StoreBusy, $"generation '{generation}' was replaced", "ask again");
        }

        return
        [
            .. frozen.Chunks
                .Where(one => MemoryFilter.Matches(one.Chunk, filter))
                .Where(one => filter.ValidAt is not { } time || !(one.ExpiresAt <= time))
                .Select(one => one.Chunk)
                .OrderBy(chunk => chunk.Document, StringComparer.Ordinal).ThenBy(chunk => chunk.Ordinal)
                .Select(chunk => (chunk, score: score(chunk)))
                .Where(hit => hit.score is not null)
                .OrderByDescending(hit => hit.score)
                .Take(limit)
                .Select(hit => new IndexHit(hit.chunk with { Vector = null }, hit.score!.Value)),
        ];
    }

    private Frozen FreezeOnce(string @namespace)
    {
        lock (state.Gate)
        {
            if (_frozen is null && _reader.Find(@namespace) is { } space)
            {
                var expiry = space.Publishing.Found(space).ToDictionary(document => document.Id, document => document.ExpiresAt, StringComparer.Ordinal);
                _frozen = new Frozen(
                    space.Active?.Id,
                    [.. _reader.Found(space).Select(chunk => (chunk, CaptionOf(chunk), expiry[chunk.Document]))]);
            }

            return _frozen ??= new Frozen(null, []);
        }
    }

    private static string CaptionOf(IndexedChunk chunk) => ChunkCaption.Of(DocumentTitle.Of(chunk.Document, chunk.Metadata), chunk.Heading);

    private sealed record Frozen(long? Generation, List<(IndexedChunk Chunk, string Caption, DateTimeOffset? ExpiresAt)> Chunks);
}
