using System.Globalization;

namespace Tidemark.Records;

/// <summary>
/// The id of one entry of an external index. It contains the commit sequence that opened its chunk, so a chunk that is
/// closed and opened again (A → B → A) is another entry, and a late deletion of the former cannot hit it.
/// </summary>
/// <param name="Sequence">Of the commit that opened the chunk.</param>
/// <param name="Chunk">The store's number of the chunk.</param>
public readonly record struct EntryId(long Sequence, ChunkKey Chunk)
{
    /// <returns>False: no entry of this product has such an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out EntryId id)
    {
        id = default;
        var dash = text.IndexOf('-');
        if (dash <= 0
            || !long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var chunk))
        {
            return false;
        }

        id = new EntryId(sequence, new ChunkKey(chunk));
        return text.SequenceEqual(id.ToString());
    }

    /// <summary>Those of the texts that may be ids of entries of this product, in their order.</summary>
    public static IReadOnlyList<EntryId> ParseAll(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var ids = new List<EntryId>();
        foreach (var text in texts)
        {
            if (TryParse(text, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    /// <summary><c>SEQUENCE-CHUNK</c>, both decimal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Chunk.Value}");
}
