using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>
/// Ranks chunks by the words of a query without an index of them: reads each text by the analysis of the stores, and scores by the same
/// <see cref="KeywordRanking"/>, of which all counts are exact.
/// </summary>
/// <param name="asked">The words of the query.</param>
/// <param name="stemmer">By which they were read.</param>
internal sealed class WordScan(AskedWords asked, Stemmer? stemmer)
{
    private readonly WordCounter _counter = new(asked, stemmer);
    private readonly long[] _having = new long[asked.Words.Count];
    private readonly List<(IndexHit Hit, CountedWords Words)> _matching = [];
    private IReadOnlyList<WordCorrection> _corrections = [];
    private long _chunks;

    /// <summary>Of all chunks taken: what stands in none of them.</summary>
    public NearWords Near() => NearWords.Of(asked, Having);

    /// <summary>The same query with other words in the place of some, from the beginning.</summary>
    public WordScan With(IReadOnlyList<WordCorrection> corrections) => new(asked.With(corrections), stemmer) { _corrections = corrections };

    /// <summary>Every chunk of what is asked is shown, those too that a filter keeps back, for they count in how rare a word is.</summary>
    public void Take(IndexHit hit, bool passes)
    {
        _chunks++;
        var chunk = hit.Chunk;
        var words = _counter.Count(chunk.Text, CaptionOf(chunk));
        for (var word = 0; word < _having.Length; word++)
        {
            _having[word] += words.Has(word) ? 1 : 0;
        }

        if (passes && words.HasAny)
        {
            _matching.Add((hit, words));
        }
    }

    /// <summary>What stands above a chunk.</summary>
    public static string CaptionOf(IndexedChunk chunk) => ChunkCaption.Of(DocumentTitle.Of(chunk.Document, chunk.Metadata), chunk.Heading);

    /// <summary>Those with all words, and where they are too few those with any.</summary>
    public KeywordAnswer Answer(int limit)
    {
        if (asked.IsEmpty)
        {
            return KeywordAnswer.Nothing;
        }

        var choice = KeywordChoice.Of(asked, Having);
        var ranking = KeywordRanking.Of(asked, choice, Having, _chunks);
        var ranked = new WordRanking(asked, ranking);
        var (all, any) = (ranked.Mask(choice.All), ranked.Mask(choice.Any));
        var phrases = ranked.PhrasesAmong(all);
        var whole = all == 0 ? [] : Best(words => words.HasAll(all) && words.Follows(phrases), ranked, limit);
        return new KeywordAnswer(
            whole.Count >= limit || choice.IsOneStep ? whole : Best(words => words.HasOneOf(any), ranked, limit), ranking.Whole)
        {
            Corrections = _corrections,
        };
    }

    private long Having(string word)
    {
        for (var i = 0; i < _having.Length; i++)
        {
            if (string.Equals(asked.Words[i].Text, word, StringComparison.Ordinal))
            {
                return _having[i];
            }
        }

        return 0;
    }

    private IReadOnlyList<IndexHit> Best(Func<CountedWords, bool> matches, WordRanking ranking, int limit)
    {
        var best = new BestHits(limit);
        foreach (var (hit, words) in _matching)
        {
            if (matches(words))
            {
                best.Add(hit with { Score = ranking.Score(words) });
            }
        }

        return best.ToList();
    }
}
