using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>Where hits stand in the texts of their documents.</summary>
internal static class HitLines
{
    /// <summary>As many whole texts as are held at a time.</summary>
    private const int MostTexts = 16;

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
                var chunk = hits[i].Chunk;
                located[i] = hits[i] with { Lines = Of(texts[chunk.Document], chunk.Start, chunk.Text) };
            }
        }

        return located;
    }

    /// <param name="start">Where the chunk began when it was found; null: not known.</param>
    /// <returns>From its first line that is not blank to the last; null: it is not in this text, which has changed since.</returns>
    public static LineSpan? Of(string text, int? start, string chunk)
    {
        var at = start is { } known && known <= text.Length && text.AsSpan(known).StartsWith(chunk, StringComparison.Ordinal)
            ? known
            : text.IndexOf(chunk, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var content = chunk.AsSpan().Trim();
        var first = 1 + text.AsSpan(0, at).Count('\n') + chunk.AsSpan(0, chunk.Length - chunk.AsSpan().TrimStart().Length).Count('\n');
        return new LineSpan(first, first + content.Count('\n'));
    }
}
