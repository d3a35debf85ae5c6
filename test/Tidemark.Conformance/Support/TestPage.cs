using System.Text;
using Tidemark.Documents;

namespace Tidemark.Conformance.Support;

/// <summary>A page of ids, as a source would list them; nothing can be read from it.</summary>
public sealed class TestPage(params string[] ids) : ListingPage
{
    private readonly ListedItem[] _items =
        [.. ids.Select(id => new ListedItem(Encoding.UTF8.GetBytes(id), ChangeToken.None))];

    public override ReadOnlySpan<ListedItem> Items => _items;

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override string Describe(int index) => $"item {index}";
}
