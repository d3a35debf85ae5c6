using System.Text;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Sources;

/// <summary>A whole listing, kept: for tests only, a real run works page by page.</summary>
internal sealed class Listing
{
    public List<string> Ids { get; } = [];

    public List<ChangeToken> Tokens { get; } = [];

    public List<ItemFailure> Failures { get; } = [];

    /// <summary>What reading gave: a change, or the exception.</summary>
    public List<object> Read { get; } = [];

    public List<ItemWarning> Warnings { get; } = [];

    public long Bytes { get; private set; }

    public Dictionary<string, long> NotTaken { get; } = new(StringComparer.Ordinal);

    public IEnumerable<Document> Documents => Read.OfType<DocumentChange.Upsert>().Select(u => u.Document);

    public static async Task<Listing> OfAsync(IDocumentSource source, bool read = false)
    {
        var listing = new Listing();
        await foreach (var page in source.ListAsync(TestContext.Current.CancellationToken))
        {
            using (page)
            {
                await listing.AddAsync(page, read);
            }
        }

        return listing;
    }

    public Document DocumentOf(string id) => Documents.Single(d => d.Id == id);

    public ItemException FaultOf(string id) => (ItemException)Read[Ids.IndexOf(id)];

    private async Task AddAsync(ListingPage page, bool read)
    {
        for (var i = 0; i < page.Items.Length; i++)
        {
            Ids.Add(Encoding.UTF8.GetString(page.Items[i].Id.Span));
            Tokens.Add(page.Items[i].Token);
            if (read)
            {
                Read.Add(await ReadAsync(page, i));
            }
        }

        Failures.AddRange(page.Failures);
        Warnings.AddRange(page.Warnings);
        Bytes += page.Bytes;
        foreach (var (ending, files) in page.NotTaken)
        {
            NotTaken[ending] = NotTaken.GetValueOrDefault(ending) + files;
        }
    }

    private static async Task<object> ReadAsync(ListingPage page, int index)
    {
        try
        {
            return await page.ReadAsync(index, TestContext.Current.CancellationToken);
        }
        catch (ItemException e)
        {
            return e;
        }
    }
}
