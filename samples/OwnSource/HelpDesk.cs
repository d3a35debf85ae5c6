namespace OwnSource;

/// <summary>Stands for a service of yours. What matters: it can say cheaply which version each ticket has.</summary>
internal sealed class HelpDesk
{
    private readonly SortedDictionary<int, Ticket> _tickets = [];

    public int Reads { get; private set; }

    public void Write(int number, string title, string text) =>
        _tickets[number] = new Ticket(number, _tickets.TryGetValue(number, out var old) ? old.Version + 1 : 1, title, text);

    public void Close(int number) => _tickets.Remove(number);

    /// <summary>One page of numbers and versions, without texts.</summary>
    public Task<IReadOnlyList<(int Number, int Version)>> ListAsync(int after, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<(int, int)>>(
            [.. _tickets.Values.Where(t => t.Number > after).Take(count).Select(t => (t.Number, t.Version))]);
    }

    public Task<Ticket?> ReadAsync(int number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads++;
        return Task.FromResult(_tickets.GetValueOrDefault(number));
    }
}

internal sealed record Ticket(int Number, int Version, string Title, string Text);
