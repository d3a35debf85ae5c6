using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A page of a listing after it was compared with the store: what is unchanged, what is decided, what failed.</summary>
internal sealed class InspectedPage(ListingPage page, int items, DocumentGlance[] glances) : IDisposable
{
    public int Items => items;

    public long Bytes { get; } = page.Bytes;

    /// <summary>What is stored of each item.</summary>
    public ReadOnlySpan<DocumentGlance> Glances => glances.AsSpan(0, items);

    public IReadOnlyList<ItemFailure> Failures => page.Failures;

    public IReadOnlyList<ItemWarning> Warnings => page.Warnings;

    public IReadOnlyDictionary<string, long> NotTaken => page.NotTaken;

    /// <summary>Everything but the unchanged, in the order of the listing.</summary>
    public List<InspectedItem> Others { get; } = [];

    public Func<CancellationToken, ValueTask>? OnDurable => page.OnDurable;

    public string Describe(int index) => page.Describe(index);

    public ItemFailure FailureOf(int index, ItemException e) =>
        new(page.Describe(index), e.Code, e.Message, e.Remedy, e.HidesDocuments);

    /// <summary>Reads an item after all that was taken for unchanged; null where it names no document or cannot be read.</summary>
    public async ValueTask<DocumentChange?> RereadAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            var change = await page.ReadAsync(index, cancellationToken).ConfigureAwait(false);
            return change is DocumentChange.DeleteSource ? null : change;
        }
        catch (ItemException)
        {
            return null;
        }
    }

    public void Dispose() => page.Dispose();
}
