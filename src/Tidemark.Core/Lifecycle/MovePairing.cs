using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Which documents that came and went are one that moved. Pure.</summary>
internal static class MovePairing
{
    /// <param name="changes">Each document before and after; null: it was not live.</param>
    /// <returns>Those that differ, by id, with how; of a move, both ends as one.</returns>
    public static IEnumerable<(DocumentSummary? From, DocumentSummary? To, string Change)> Of(
        IReadOnlyList<(DocumentSummary? From, DocumentSummary? To)> changes)
    {
        var gone = changes.Where(change => change is { From: not null, To: null })
            .GroupBy(change => (change.From!.TextHash, change.From.Source))
            .ToDictionary(same => same.Key, same => new Queue<DocumentSummary>(same.Select(change => change.From!)));
        var found = new List<(DocumentSummary? From, DocumentSummary? To, string Change)>();
        foreach (var (from, to) in changes)
        {
            if (to is null)
            {
                continue;
            }

            if (from is not null)
            {
                if (StateComparison.ChangeOf(from, to) is { } change)
                {
                    found.Add((from, to, change));
                }
            }
            else if (gone.GetValueOrDefault((to.TextHash, to.Source)) is { Count: > 0 } formers)
            {
                found.Add((formers.Dequeue(), to, "moved"));
            }
            else
            {
                found.Add((null, to, "added"));
            }
        }

        found.AddRange(gone.Values.SelectMany(rest => rest).Select(rest => ((DocumentSummary?)rest, (DocumentSummary?)null, "deleted")));
        return found.OrderBy(change => (change.To ?? change.From)!.Id, StringComparer.Ordinal);
    }
}
