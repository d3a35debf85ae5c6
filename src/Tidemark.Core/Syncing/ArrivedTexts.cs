using System.Runtime.InteropServices;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Counts, by their text, documents that a run has written as new.</summary>
internal static class ArrivedTexts
{
    private const int Page = 512;

    public static async Task<IReadOnlyDictionary<ContentHash, int>> CountAsync(
        IRecordSession session, KeySet added, IReadOnlySet<ContentHash> texts, CancellationToken cancellationToken)
    {
        var arrived = new Dictionary<ContentHash, int>();
        foreach (var keys in added.Keys().Select(key => new DocumentKey(key)).Chunk(Page))
        {
            foreach (var document in await session.LoadAsync(keys, withText: false, cancellationToken).ConfigureAwait(false))
            {
                if (document.Glance.State == DocumentState.Live && texts.Contains(document.TextHash))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(arrived, document.TextHash, out _)++;
                }
            }
        }

        return arrived;
    }
}
