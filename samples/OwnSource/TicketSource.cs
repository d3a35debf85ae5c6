using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace OwnSource;

// <source>
/// <summary>Lists every ticket with a token that changes when the ticket does; only those whose token is new are read.</summary>
internal sealed class TicketSource(HelpDesk desk) : IDocumentSource
{
    private const int PageSize = 200;

    public string Name => "tickets";

    // The listing is everything there is, so what it does not name any more is deleted.
    public CleanupMode DefaultCleanup => CleanupMode.Full;

    public ListingSize? Size => null;

    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (await desk.ListAsync(last, PageSize, cancellationToken) is { Count: > 0 } tickets)
        {
            yield return new TicketPage(desk, tickets);
            last = tickets[^1].Number;
        }
    }
}

// </source>
