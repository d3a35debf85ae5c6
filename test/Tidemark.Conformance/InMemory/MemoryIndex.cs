using System.Numerics.Tensors;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Conformance.InMemory;

/// <summary>Looks at every chunk for every query, and reads its words anew.</summary>
internal sealed class MemoryIndex(MemoryState state) : IVectorIndex
{
    private readonly MemoryReader _reader = new(state);

    public ValueTask<IReadOnlyList<IndexHit>> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk => chunk.Vector is { } vector
            ? TensorPrimitives.CosineSimilarity(vector.Span, query.Vector.Span)
            : null));

    public ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var all = _reader.Find(query.Namespace) is { } space ? _reader.Found(space).ToDictionary(chunk => chunk.Id, chunk => MemoryWords.Of(chunk.Text, TitleOf(space, chunk))) : [];
            var asked = AskedWords.Of(query.Text);
            long Count(string word) => all.Values.Count(words => words.Has(word));
            var choice = KeywordChoice.Of(asked, Count);
            var ranking = KeywordRanking.Of(asked, choice, Count, all.Count);
            var phrases = ranking.Phrases.Where(phrase => phrase.Pairs.All(choice.All.Contains)).ToArray();
            IReadOnlyList<IndexHit> Find(Func<MemoryWords, bool> matches) =>
                Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk =>
                    matches(all[chunk.Id]) ? all[chunk.Id].Score(ranking) : null);
            var whole = Find(words => choice.All.Count > 0 && choice.All.All(words.Has) && phrases.All(phrase => words.Follow(phrase.Pairs)));
            var hits = whole.Count >= query.Limit || choice.IsOneStep ? whole : Find(words => choice.Any.Any(words.Has));
            return ValueTask.FromResult(new KeywordAnswer(hits, ranking.Whole));
        }
    }

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.Values
                .Where(space => space.Active?.Id == generation)
                .SelectMany(space => Passing(space, filter))
                .Any());
        }
    }

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { } space)
            {
                throw Missing(@namespace);
            }

            var isExternal = space.Active is { Pipeline.IsExternal: true };
            var chunks = _reader.Chunks(space, withVectors: true).ToArray();
            return ValueTask.FromResult(new IndexCheck
            {
                Documents = space.Live.Count(),
                Chunks = chunks.Length,
                Records = chunks.Length,
                Vectors = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is not null),
                Keywords = _reader.Found(space).Count(),
                Missing = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is null),
                MissingEmbeddings =
                [
                    .. chunks.Where(chunk => chunk.Vector is null).DistinctBy(chunk => chunk.Input)
                        .Select(chunk => new MissingEmbedding(chunk.Input, chunk.Text)),
                ],
            });
        }
    }

    public async ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        return _reader.Find(@namespace) is null ? throw Missing(@namespace) : 0;
    }

    private static string TitleOf(MemoryNamespace space, IndexedChunk chunk) =>
        space.Active is { Pipeline.IsExternal: true } ? "" : DocumentTitle.Of(chunk.Document, chunk.Metadata);

    private static TidemarkException Missing(string name) =>
        new(ErrorCodes.NamespaceMissing, $"there is no namespace '{name}'", "see the list");

    private IEnumerable<IndexedChunk> Passing(MemoryNamespace space, MetadataFilter filter) => _reader.Found(space)
        .Where(chunk => MemoryFilter.Matches(chunk, filter))
        .Where(chunk => filter.ValidAt is not { } time || !(space.Documents[chunk.Document].ExpiresAt <= time));

    private IReadOnlyList<IndexHit> Search(
        string @namespace, long generation, int limit, MetadataFilter filter, Func<IndexedChunk, double?> score)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { } space || space.Active?.Id != generation)
            {
                throw new TidemarkException(ErrorCodes.StoreBusy, $"generation '{generation}' was replaced", "ask again");
            }

            return
            [
                .. Passing(space, filter)
                    .OrderBy(chunk => chunk.Document, StringComparer.Ordinal).ThenBy(chunk => chunk.Ordinal)
                    .Select(chunk => (chunk, score: score(chunk)))
                    .Where(hit => hit.score is not null)
                    .OrderByDescending(hit => hit.score)
                    .Take(limit)
                    .Select(hit => new IndexHit(hit.chunk with { Vector = null }, hit.score!.Value)),
            ];
        }
    }
}
