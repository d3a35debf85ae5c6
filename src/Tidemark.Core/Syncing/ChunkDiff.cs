using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Compares the chunks as cut now with the stored ones, as multisets by embedding input. Pure.</summary>
internal static class ChunkDiff
{
    /// <param name="text">The document's text now.</param>
    /// <param name="stored">Null: everything is new.</param>
    /// <param name="reembed">Nothing is kept, although it is the same.</param>
    public static ChunkDiffResult Compare(string text, CutDocument cut, DocumentRecord? stored, bool reembed)
    {
        var kept = reembed || stored is null ? null : Index(stored.Chunks);
        var writes = new ChunkWrite[cut.Chunks.Count];
        int added = 0, patched = 0;
        for (var i = 0; i < writes.Length; i++)
        {
            var chunk = cut.Chunks[i];
            var write = new ChunkWrite
            {
                Input = chunk.Input,
                Occurrence = chunk.Occurrence,
                Start = chunk.Start,
                Length = chunk.Length,
                Heading = chunk.Heading,
                Vector = chunk.Own,
            };
            if (kept is not null && kept.TryGetValue((chunk.Input, chunk.Occurrence), out var existing))
            {
                var patch = PatchedText(text, chunk, stored!.Text, existing);
                patched += patch is null ? 0 : 1;
                writes[i] = write with { Existing = existing.Key, Text = patch, Vector = default };
            }
            else
            {
                added++;
                writes[i] = write with { Text = Slice(text, chunk) };
            }
        }

        var before = stored?.Chunks.Count ?? 0;
        var same = writes.Length - added;
        return new ChunkDiffResult(writes, added, patched, same - patched, before - same);
    }

    private static Dictionary<(ContentHash Input, int Occurrence), ChunkRecord> Index(IReadOnlyList<ChunkRecord> chunks)
    {
        var index = new Dictionary<(ContentHash, int), ChunkRecord>(chunks.Count);
        foreach (var chunk in chunks)
        {
            index[(chunk.Input, chunk.Occurrence)] = chunk;
        }

        return index;
    }

    /// <summary>Under normalised hashing the text may differ although the input does not; then it is written again.</summary>
    private static string? PatchedText(string text, CutChunk chunk, string? storedText, ChunkRecord existing)
    {
        if (storedText is null || existing.Start + existing.Length > storedText.Length)
        {
            return null;
        }

        var now = text.AsSpan(chunk.Start, chunk.Length);
        return now.SequenceEqual(storedText.AsSpan(existing.Start, existing.Length)) ? null : now.ToString();
    }

    private static string Slice(string text, CutChunk chunk) =>
        chunk.Length == text.Length ? text : text.Substring(chunk.Start, chunk.Length);
}
