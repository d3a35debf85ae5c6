using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>
/// A document's rows as they were read, put together: what does not fit together, or is not what was stored, is damaged, and then
/// nothing of it is given but its name. Pure; every store asks it.
/// </summary>
/// <param name="Document">Its own row.</param>
/// <param name="Layout">Its chunks in order; null where the list is gone or not what was stored.</param>
public sealed record StoredDocument(DocumentRecord Document, IReadOnlyList<LayoutEntry>? Layout)
{
    /// <summary>Of its own row; null: there is none.</summary>
    public long? Seal { get; init; }

    /// <summary>Whether the chunks are a partition of the text.</summary>
    public bool IsPartition { get; init; }

    /// <param name="chunks">The rows that the layout names, as far as they are there.</param>
    /// <param name="withText">Whether chunks were read with their texts, and the document's is wanted.</param>
    /// <param name="beside">Reads the text that stands beside the chunks; asked only where they are no partition of it.</param>
    /// <returns>The document, and in which way it is damaged; null: it is not.</returns>
    public (DocumentRecord Document, string? Damage) Complete(
        IReadOnlyDictionary<long, StoredChunk> chunks, bool withText, Func<string?> beside)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(beside);
        if (Document.Glance.State != DocumentState.Live)
        {
            return (Document, null);
        }

        var damage = Seal is { } seal && seal != DocumentSeal.Of(Document)
            ? "its id, source, metadata or text's hash is not what was stored"
            : DamageOf(chunks);
        var text = damage is not null || !withText ? null
            : IsPartition ? string.Concat(Layout!.Select(entry => chunks[entry.Chunk].Text))
            : beside();
        damage ??= text is not null && ContentHash.Of(text) != Document.TextHash ? "its text is not the one that was stored" : null;
        return damage is null
            ? (Document with { Chunks = [.. Layout!.Select(entry => RecordOf(entry, chunks[entry.Chunk]))], Text = text }, null)
            : (new DocumentRecord { Glance = Document.Glance, Id = Document.Id, SourceId = Document.SourceId, IsDamaged = true }, damage);
    }

    private static ChunkRecord RecordOf(LayoutEntry entry, StoredChunk chunk) =>
        new(new ChunkKey(entry.Chunk), chunk.Input, chunk.Occurrence, entry.Start, entry.Length, entry.Heading);

    /// <summary>Whether the layout names exactly the document's own open chunks, in their order.</summary>
    private string? DamageOf(IReadOnlyDictionary<long, StoredChunk> chunks)
    {
        if (Layout is null || Layout.Count != Document.Glance.Chunks)
        {
            return "the list of its chunks is gone or not what was stored";
        }

        var occurrences = new Dictionary<ContentHash, int>();
        foreach (var entry in Layout)
        {
            if (!chunks.TryGetValue(entry.Chunk, out var chunk) || !chunk.IsOpen || chunk.Document != Document.Glance.Key)
            {
                return $"its chunk {entry.Chunk} is gone";
            }

            var occurrence = occurrences.GetValueOrDefault(chunk.Input);
            occurrences[chunk.Input] = occurrence + 1;
            if (!chunk.IsIntact || chunk.Occurrence != occurrence || (chunk.Text is { } text && text.Length != entry.Length))
            {
                return $"its chunk {entry.Chunk} is not what was stored";
            }
        }

        return null;
    }
}
