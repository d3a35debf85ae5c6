namespace Tidemark.Records;

/// <summary>The chunks of a former state, as readers get them.</summary>
public static class PastChunks
{
    /// <param name="document">The state, put together.</param>
    /// <param name="summary">What is said of it.</param>
    /// <param name="chunks">The rows of its chunks, with texts.</param>
    public static IEnumerable<IndexedChunk> IndexedChunks(
        this DocumentRecord document, DocumentSummary summary, IReadOnlyDictionary<long, StoredChunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(chunks);
        return document.Chunks.Select((chunk, ordinal) => new IndexedChunk
        {
            Document = summary.Id,
            Source = summary.Source,
            Ordinal = ordinal,
            Start = chunk.Start,
            Input = chunk.Input,
            Occurrence = chunk.Occurrence,
            Heading = chunk.Heading,
            Text = chunks[chunk.Key.Value].Text!,
            Metadata = summary.Metadata,
        });
    }
}
