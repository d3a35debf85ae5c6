using Tidemark.Documents;

namespace Tidemark.Composition;

/// <summary>A page whose items are described with the file that they are in: <c>b.jsonl, line 17</c>.</summary>
internal sealed class LabelledPage(string label, ListingPage page) : ListingPage
{
    public override ReadOnlySpan<ListedItem> Items => page.Items;

    public override IReadOnlyList<ItemFailure> Failures =>
        page.Failures.Count == 0 ? [] : [.. page.Failures.Select(f => f with { Item = Label(f.Item) })];

    public override IReadOnlyList<ItemWarning> Warnings =>
        page.Warnings.Count == 0 ? [] : [.. page.Warnings.Select(w => w with { Item = Label(w.Item) })];

    public override IReadOnlyDictionary<string, long> NotTaken => page.NotTaken;

    public override long Bytes => page.Bytes;

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken) =>
        page.ReadAsync(index, cancellationToken);

    public override string Describe(int index) => Label(page.Describe(index));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            page.Dispose();
        }

        base.Dispose(disposing);
    }

    private string Label(string item) => $"{label}, {item}";
}
