namespace Tidemark.Judging;

/// <summary>Documents in the order of their best chunks.</summary>
public static class DocumentRanking
{
    private const int FirstChunks = 50, Growth = 4, MostChunks = 10_000;

    /// <summary>Asks for chunks until there are enough documents.</summary>
    /// <param name="depth">How many documents.</param>
    /// <param name="find">Finds as many chunks as it is told, and gives the ids of their documents, best chunk first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>At most <paramref name="depth"/> ids; fewer where there are no more.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(
        int depth, Func<int, CancellationToken, Task<IReadOnlyList<string>>> find, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(find);
        for (var chunks = FirstChunks; ; chunks *= Growth)
        {
            var found = await find(chunks, cancellationToken).ConfigureAwait(false);
            string[] documents = [.. found.Distinct(StringComparer.Ordinal).Take(depth)];
            if (documents.Length == depth || found.Count < chunks || chunks * Growth > MostChunks)
            {
                return documents;
            }
        }
    }
}
