using System.Text;
using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Wording;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// The words of a generation that are near those which stand nowhere. Of a small one all words are read. A large one does not list its words:
/// it is asked for each word that one edit makes, of which there are some hundreds; two edits are looked for in words that begin alike.
/// </summary>
internal sealed class NearTerms(NpgsqlConnection connection, string schema, IndexGeneration generation)
{
    /// <summary>Up to so many chunks all words are read.</summary>
    private const int ReadUpTo = 2_000;

    /// <summary>Of two edits none is in so many letters at the beginning.</summary>
    private const int LettersAlike = 3;

    /// <summary>The words of so many chunks are read that have one which begins alike, the newest.</summary>
    private const int MostChunks = 4_000;

    /// <returns>Those that have a word near them.</returns>
    public async Task<IReadOnlyList<WordCorrection>> FindAsync(NearWords near, CancellationToken cancellationToken)
    {
        if (generation.Chunks <= ReadUpTo)
        {
            await ReadAllAsync(near, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await OfferAsync(near, [.. near.Words.SelectMany(OneEdit.Of).Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
            var found = near.Choose(_ => 1).Select(one => one.Asked).ToHashSet(StringComparer.Ordinal);
            foreach (var word in near.Words.Where(word => NearWords.MostEdits(word) > 1 && !found.Contains(word)))
            {
                await ReadAlikeAsync(near, word, cancellationToken).ConfigureAwait(false);
            }
        }

        var counts = await CountAsync(near.Candidates, cancellationToken).ConfigureAwait(false);
        return near.Choose(word => counts[word]);
    }

    private async Task ReadAllAsync(NearWords near, CancellationToken cancellationToken)
    {
        var lengths = near.Words.Select(word => word.EnumerateRunes().Count()).ToArray();
        var words = await connection.ListAsync(
            "select word from ts_stat($1) where length(word) between $2 and $3",
            row => row.GetString(0),
            cancellationToken,
            Sql.Of($"select terms from {generation.Tables.Keywords}"),
            Sql.Of((long)lengths.Min() - 2),
            Sql.Of((long)lengths.Max() + 3)).ConfigureAwait(false);
        Offer(near, words);
    }

    private async Task ReadAlikeAsync(NearWords near, string word, CancellationToken cancellationToken)
    {
        var beginning = string.Concat(word.EnumerateRunes().Take(LettersAlike));
        var words = await connection.ListAsync(
            $"""
            select distinct w.word
            from (select k.terms from {generation.Tables.Keywords} k where k.terms @@ $1::tsquery order by k.chunk desc limit {MostChunks}) k,
                 unnest(tsvector_to_array(k.terms)) w(word)
            where starts_with(w.word, $2) or starts_with(w.word, $3)
            """,
            row => row.GetString(0),
            cancellationToken,
            Sql.Of(KeywordSearch.QuoteBeginning(beginning)),
            Sql.Of(beginning),
            Sql.Of(TermVector.OfCaption(beginning))).ConfigureAwait(false);
        Offer(near, words);
    }

    private async Task OfferAsync(NearWords near, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(words, cancellationToken).ConfigureAwait(false);
        Offer(near, words.Where(word => counts[word] > 0));
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(IReadOnlyCollection<string> words, CancellationToken cancellationToken) =>
        words.Count == 0
            ? new Dictionary<string, long>(StringComparer.Ordinal)
            : await TermFrequencies.ReadAsync(connection, schema, generation, [.. words], cancellationToken).ConfigureAwait(false);

    private static void Offer(NearWords near, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            near.Offer(Encoding.UTF8.GetBytes(TermVector.WithoutMark(word)));
        }
    }
}
