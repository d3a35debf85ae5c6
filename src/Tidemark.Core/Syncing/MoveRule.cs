using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Pairs documents that go with documents of the same text that came in the same run. Pure.</summary>
internal static class MoveRule
{
    /// <param name="gone">In the order in which successors are given out.</param>
    /// <param name="arrived">How many documents of a text came.</param>
    /// <returns>The keys of those that moved; each new document is the successor of one at most.</returns>
    public static HashSet<DocumentKey> Pair(
        IReadOnlyList<GoneDocument> gone, IReadOnlyDictionary<ContentHash, int> arrived)
    {
        var moved = new HashSet<DocumentKey>();
        var taken = new Dictionary<ContentHash, int>();
        foreach (var (document, _, _) in gone)
        {
            var before = taken.GetValueOrDefault(document.TextHash);
            if (before < arrived.GetValueOrDefault(document.TextHash))
            {
                taken[document.TextHash] = before + 1;
                moved.Add(document.Key);
            }
        }

        return moved;
    }
}
