using System.Runtime.InteropServices;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Pairs documents that go with documents of the same text that came in the same run.</summary>
internal static class MoveFinder
{
    private const int Page = 512;

    /// <summary>The keys of those that moved; each new document is the successor of one at most.</summary>
    public static async Task<HashSet<DocumentKey>> FindAsync(
        IRecordSession session, KeySet added, IReadOnlyList<GoneDocument> gone, CancellationToken cancellationToken)
    {
        var moved = new HashSet<DocumentKey>();
        if (added.Count == 0 || gone.Count == 0)
        {
            return moved;
        }

        var goneTexts = gone.Select(g => g.Document.TextHash).ToHashSet();
        var arrived = new Dictionary<ContentHash, int>();
        foreach (var keys in added.Keys().Select(key => new DocumentKey(key)).Chunk(Page))
        {
            foreach (var document in await session.LoadAsync(keys, withText: false, cancellationToken).ConfigureAwait(false))
            {
                if (document.Glance.State == DocumentState.Live && goneTexts.Contains(document.TextHash))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(arrived, document.TextHash, out _)++;
                }
            }
        }

        foreach (var (document, _, _) in gone)
        {
            if (arrived.TryGetValue(document.TextHash, out var left) && left > 0)
            {
                arrived[document.TextHash] = left - 1;
                moved.Add(document.Key);
            }
        }

        return moved;
    }
}
