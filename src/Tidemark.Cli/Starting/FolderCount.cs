using System.Text;
using Tidemark.Documents;
using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark.Cli.Starting;

/// <summary>What a sync of a folder by the defaults would take, by the listing that a sync uses.</summary>
/// <param name="Files">How many files it takes.</param>
/// <param name="HasOwn">Whether one of them lies in the folder itself.</param>
/// <param name="NotTaken">How many of each kind it would not take.</param>
/// <param name="WithoutText">How many documents have no text, of the first thousand.</param>
internal sealed record FolderCount(int Files, bool HasOwn, IReadOnlyDictionary<string, long> NotTaken, long WithoutText)
{
    private const int MostRead = 1_000;

    /// <param name="folder">Where somebody stands.</param>
    /// <param name="path">Seen from there.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static Task<FolderCount> OfAsync(string folder, string path, CancellationToken cancellationToken) =>
        OfAsync(folder, path, MostRead, exclude: [], cancellationToken);

    /// <summary>Without a look into the documents.</summary>
    public static async Task<int> FilesAsync(string folder, string path, CancellationToken cancellationToken) =>
        (await OfAsync(folder, path, mostRead: 0, exclude: [], cancellationToken)).Files;

    /// <summary>Of the folder without what lies in folders below it.</summary>
    public static async Task<int> OwnFilesAsync(string folder, CancellationToken cancellationToken) =>
        (await OfAsync(folder, ".", mostRead: 0, exclude: ["*/"], cancellationToken)).Files;

    private static async Task<FolderCount> OfAsync(
        string folder, string path, int mostRead, IReadOnlyList<string> exclude, CancellationToken cancellationToken)
    {
        var source = new DirectorySource(new DirectoryOptions
        {
            Name = path,
            Path = Path.Combine(folder, path),
            Extractors = DefaultExtractors.All,
            Exclude = exclude,
        });
        var count = new FolderCount(0, HasOwn: false, new Dictionary<string, long>(StringComparer.Ordinal), WithoutText: 0);
        var prefix = Encoding.UTF8.GetByteCount(path) + 1;
        await foreach (var page in source.ListAsync(cancellationToken))
        {
            using (page)
            {
                count = new FolderCount(
                    count.Files + page.Items.Length,
                    count.HasOwn || HasOwnItem(page.Items, prefix),
                    page.NotTaken.Count > 0 ? page.NotTaken : count.NotTaken,
                    count.WithoutText + await WithoutTextAsync(page, mostRead - count.Files, cancellationToken));
            }
        }

        return count;
    }

    private static async Task<long> WithoutTextAsync(ListingPage page, int most, CancellationToken cancellationToken)
    {
        var found = 0L;
        for (var i = 0; i < Math.Min(page.Items.Length, most); i++)
        {
            try
            {
                found += await page.ReadAsync(i, cancellationToken) is DocumentChange.Upsert { Document.Text: var text } && string.IsNullOrWhiteSpace(text) ? 1 : 0;
            }
            catch (ItemException)
            {
                // A sync says what is wrong with it.
            }
        }

        return found;
    }

    private static bool HasOwnItem(ReadOnlySpan<ListedItem> items, int prefix)
    {
        foreach (var item in items)
        {
            if (!item.Id.Span[prefix..].Contains((byte)'/'))
            {
                return true;
            }
        }

        return false;
    }
}
