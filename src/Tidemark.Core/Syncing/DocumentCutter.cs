using System.Runtime.InteropServices;
using System.Text;
using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>Cuts a document into chunks and names each by the hash of its embedding input. Pure.</summary>
internal sealed class DocumentCutter(SyncPipeline pipeline)
{
    /// <summary>Exactly what the model gets for a chunk.</summary>
    public string InputOf(string chunkText) =>
        pipeline.NormalizeInput ? InputNormalizer.Normalize(chunkText) : chunkText;

    /// <exception cref="ItemException">A chunk is longer than the model takes.</exception>
    public CutDocument Cut(Document document, ContentHash textHash)
    {
        if (pipeline.Latencies is not { } latencies)
        {
            return CutUnmeasured(document, textHash);
        }

        var started = latencies.Start();
        var cut = CutUnmeasured(document, textHash);
        latencies.Record(RunStage.Chunk, started);
        return cut;
    }

    private CutDocument CutUnmeasured(Document document, ContentHash textHash)
    {
        if (document.Chunks is { } ready)
        {
            return new CutDocument(CutReady(document, ready), IsPartition: true);
        }

        if (document.Embedding is { } own)
        {
            CheckSpace(document, own);
            return new CutDocument(document.Text.Length == 0 ? [] : CutWhole(document, textHash, own), IsPartition: true);
        }

        return Cut(document.Id, document.Text, textHash);
    }

    public CutDocument Cut(string id, string text, ContentHash textHash)
    {
        var spans = pipeline.Chunker.Split(text);
        var chunks = new CutChunk[spans.Count];
        var seen = spans.Count > 1 ? new Dictionary<ContentHash, int>(spans.Count) : null;
        for (var i = 0; i < chunks.Length; i++)
        {
            var (start, length, heading) = spans[i];
            var input = Hash(id, text, start, length, textHash);
            chunks[i] = new CutChunk(input, NextOccurrence(seen, input), start, length, heading, default);
        }

        return new CutDocument(chunks, pipeline.Chunker.IsPartition);
    }

    private CutChunk[] CutWhole(Document document, ContentHash textHash, OwnEmbedding own) =>
        [new(Hash(document.Id, document.Text, 0, document.Text.Length, textHash), 0, 0, document.Text.Length, null, own.Vector)];

    private CutChunk[] CutReady(Document document, IReadOnlyList<OwnChunk> ready)
    {
        var chunks = new CutChunk[ready.Count];
        var seen = new Dictionary<ContentHash, int>(ready.Count);
        var start = 0;
        for (var i = 0; i < chunks.Length; i++)
        {
            var (text, heading, own) = ready[i];
            if (own is not null)
            {
                CheckSpace(document, own);
            }

            var input = Hash(document.Id, document.Text, start, text.Length, default);
            chunks[i] = new CutChunk(
                input, NextOccurrence(seen, input), start, text.Length, heading, own?.Vector ?? default);
            start += text.Length;
        }

        return chunks;
    }

    private static int NextOccurrence(Dictionary<ContentHash, int>? seen, ContentHash input)
    {
        if (seen is null)
        {
            return 0;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, input, out _);
        return count++;
    }

    private ContentHash Hash(string id, string text, int start, int length, ContentHash textHash)
    {
        var span = text.AsSpan(start, length);
        CheckLength(id, span);
        if (pipeline.NormalizeInput)
        {
            return ContentHash.Of(InputNormalizer.Normalize(span));
        }

        return length == text.Length && !textHash.IsZero ? textHash : ContentHash.Of(span);
    }

    private void CheckLength(string id, ReadOnlySpan<char> chunk)
    {
        var most = pipeline.Model.MaxInputBytes;
        if (chunk.Length > most / 3 && Encoding.UTF8.GetByteCount(chunk) is var bytes && bytes > most)
        {
            throw new ItemException(
                ErrorCodes.EmbeddingTooLong,
                $"a chunk of '{id}' has {bytes} bytes; '{pipeline.Model.Space.Name}' surely takes {most} whole",
                "nothing is cut silently: use '--chunker structured', or a smaller --chunk-size");
        }
    }

    private void CheckSpace(Document document, OwnEmbedding own)
    {
        var space = pipeline.Model.Space;
        if (own.Space is { } named && !string.Equals(named, space.Name, StringComparison.Ordinal))
        {
            throw new ItemException(
                ErrorCodes.EmbeddingSpace,
                $"the embedding of '{document.Id}' is of the space '{named}', the index is of '{space.Name}'",
                $"send vectors of '{space.Name}', leave 'embedding' out, or sync with '--embedder {named} --rebuild'");
        }

        VectorValidator.Check(space, own.Vector.Span);
    }
}
