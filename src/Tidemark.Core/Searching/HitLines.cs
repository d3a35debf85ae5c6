using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>Where hits stand in the texts of their documents.</summary>
internal static class HitLines
{
    public static async Task<IReadOnlyList<IndexHit>> LocateAsync(
        ITidemarkStore store, string @namespace, IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken)
    {
        if (hits.Count == 0)
        {
            return hits;
        }

        string[] documents = [.. hits.Select(hit => hit.Chunk.Document).Distinct(StringComparer.Ordinal)];
        var texts = await store.Reader.TextsAsync(@namespace, documents, cancellationToken).ConfigureAwait(false);
        return
        [
            .. hits.Select(hit => texts.TryGetValue(hit.Chunk.Document, out var text)
                ? hit with { Lines = Of(text, hit.Chunk.Start, hit.Chunk.Text) }
                : hit),
        ];
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
