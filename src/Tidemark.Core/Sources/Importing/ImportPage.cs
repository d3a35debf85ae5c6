using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Some documents of an import, their lines at hand.</summary>
internal sealed class ImportPage(IReadOnlyList<ImportGroup> groups, IReadOnlyList<ItemFailure> failures) : ListingPage
{
    private ListedItem[]? _items;

    public override ReadOnlySpan<ListedItem> Items =>
        _items ??= [.. groups.Select(g => new ListedItem(g.Id, g.Token()))];

    public override IReadOnlyList<ItemFailure> Failures => failures;

    public override IReadOnlyList<ItemWarning> Warnings => [.. groups.Select(g => g.Warning).OfType<ItemWarning>()];

    public override long Bytes => groups.Sum(g => g.Bytes);

    public override string Describe(int index) => groups[index].Label;

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new DocumentChange.Upsert(groups[index].Read()));
    }
}
