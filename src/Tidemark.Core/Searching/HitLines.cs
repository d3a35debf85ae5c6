using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>Where hits stand in the texts of their documents.</summary>
internal static class HitLines
{
    /// <summary>As many whole texts as are held at a time.</summary>
    private const int MostTexts = 16;

    private const char EndOfPage = '\f';

    /// <param name="hits">Where.</param>
    /// <param name="read">Reads the texts of documents by id, as they were found; some may be lacking.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<IndexHit>> LocateAsync(
        IReadOnlyList<IndexHit> hits,
        Func<IReadOnlyCollection<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, string>>> read,
        CancellationToken cancellationToken)
    {
        if (hits.Count == 0)
        {
            return hits;
        }

        var located = hits.ToArray();
        foreach (var places in Enumerable.Range(0, hits.Count).GroupBy(i => hits[i].Chunk.Document, StringComparer.Ordinal).Chunk(MostTexts))
        {
            var texts = await read([.. places.Select(place => place.Key)], cancellationToken).ConfigureAwait(false);
            foreach (var i in places.Where(place => texts.ContainsKey(place.Key)).SelectMany(place => place))
            {
                located[i] = Locate(hits[i], texts[hits[i].Chunk.Document]);
            }
        }

        return located;
    }

    /// <summary>
    /// Its lines, from the first that is not blank to the last, and the page that it begins on; neither where it is not in this text, which
    /// has changed since.
    /// </summary>
    public static IndexHit Locate(IndexHit hit, string text)
    {
        var (chunk, start) = (hit.Chunk.Text, hit.Chunk.Start);
        var at = start is { } known && known <= text.Length && text.AsSpan(known).StartsWith(chunk, StringComparison.Ordinal)
            ? known
            : text.IndexOf(chunk, StringComparison.Ordinal);
        if (at < 0)
        {
            return hit;
        }

        var before = text.AsSpan(0, at + chunk.Length - chunk.AsSpan().TrimStart().Length);
        var first = 1 + before.Count('\n');
        return hit with
        {
            Lines = new LineSpan(first, first + chunk.AsSpan().Trim().Count('\n')),
            Page = text.Contains(EndOfPage, StringComparison.Ordinal) ? 1 + before.Count(EndOfPage) : null,
        };
    }
}
