using Tidemark.Documents;

namespace Tidemark.Postgres.Feeding;

/// <summary>What the log brought and the store has not got yet: of each document the last.</summary>
internal sealed class LogBatch(SourceDatabase database)
{
    private const int MostText = 4 * 1024 * 1024;

    private readonly Dictionary<string, LoggedChange> _changes = new(StringComparer.Ordinal);
    private long _text;

    /// <summary>Tables that were emptied, each with the last commit that did.</summary>
    public Dictionary<string, ulong> Emptied { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => _changes.Count == 0 && Emptied.Count == 0;

    public long Top { get; private set; }

    public bool IsFull(int most) => _changes.Count >= most || _text >= MostText;

    public void Add(string id, LoggedChange change)
    {
        if (_changes.Remove(id, out var before) && before is { Row: { } known } && change.Row is { IsPartial: true } partial && before.Table == change.Table)
        {
            partial.FillFrom(known);
        }

        _changes[id] = change;
        _text += id.Length + (change.Row?.Length ?? 0);
        Top = Math.Max(Top, change.Version);
    }

    public void Clear()
    {
        _changes.Clear();
        Emptied.Clear();
        _text = 0;
    }

    /// <summary>
    /// As changes of documents. Rows of which the log left something out are read back, one query a table; one that is gone by now has its own
    /// event coming.
    /// </summary>
    public async Task<IReadOnlyList<DocumentChange>> BuildAsync(CancellationToken cancellationToken)
    {
        var read = await ReadBackAsync(cancellationToken).ConfigureAwait(false);
        var built = new List<DocumentChange>(_changes.Count);
        foreach (var (id, change) in _changes)
        {
            var row = change.Row is { IsPartial: true } ? read.GetValueOrDefault(id) : change.Row;
            if (row is not null)
            {
                built.Add(change.Table.Mapper.Upsert(id, row, change.Version, change.At));
            }
            else if (change.Row is null)
            {
                built.Add(change.Table.Mapper.Delete(id, change.Version));
            }
        }

        return built;
    }

    private async Task<Dictionary<string, FeedRow>> ReadBackAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, FeedRow>(StringComparer.Ordinal);
        foreach (var group in _changes.Values.Where(change => change.Row is { IsPartial: true }).GroupBy(change => change.Table))
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var held = connection.ConfigureAwait(false);
            var fields = group.Key.Mapper.Pattern.Fields;
            string[][] keys = [.. group.Select(change => fields.Select(field => change.Row!.Find(field)!).ToArray())];
            await foreach (var row in new KeyedRows(connection, group.Key).ReadAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                if (group.Key.Mapper.IdOf(row) is { } id)
                {
                    found[id] = row;
                }
            }
        }

        return found;
    }
}
