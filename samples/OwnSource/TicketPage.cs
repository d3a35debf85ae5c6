using System.Text;
using Tidemark;
using Tidemark.Documents;

namespace OwnSource;

// <page>
internal sealed class TicketPage(HelpDesk desk, IReadOnlyList<(int Number, int Version)> tickets) : ListingPage
{
    private readonly ListedItem[] _items = [.. tickets.Select(t => new ListedItem(
        Encoding.UTF8.GetBytes($"tickets/{t.Number}"),
        new ChangeToken(ContentHash.Of($"{t.Number} {t.Version}"))))];

    public override ReadOnlySpan<ListedItem> Items => _items;

    public override async ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        var ticket = await desk.ReadAsync(tickets[index].Number, cancellationToken)
            ?? throw new ItemException(
                ErrorCodes.SourceChanging, $"'{Describe(index)}' was closed while it was read", "run again");
        return new DocumentChange.Upsert(new Document
        {
            Id = Describe(index),
            Text = $"# {ticket.Title}\n\n{ticket.Text}\n",
            Metadata = DocumentMetadata.Of(("number", ticket.Number)),
            Version = new DocumentVersion(ticket.Version, ModifiedAt: null),
            Token = _items[index].Token,
        });
    }

    public override string Describe(int index) => $"tickets/{tickets[index].Number}";
}

// </page>
