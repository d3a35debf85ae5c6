using System.Runtime.InteropServices;
using System.Text;
using Tidemark.Chunking;
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
            return Covering(document.Text, CutReady(document, ready));
        }

        if (document.Embedding is { } own)
        {
            CheckSpace(document, own);
            return Covering(document.Text, BlankText.Is(document.Text) ? [] : CutWhole(document, textHash, own));
        }

        return Cut(document.Id, document.Text, textHash);
    }

    public CutDocument Cut(string id, string text, ContentHash textHash)
    {
        var spans = pipeline.NormalizeInput
            ? NormalizedCutting.Split(pipeline.Chunker, text)
            : pipeline.Chunker.Split(text);
        var chunks = new List<CutChunk>(spans.Count);
        var seen = spans.Count > 1 ? new Dictionary<ContentHash, int>(spans.Count) : null;
        foreach (var (start, length, heading) in spans)
        {
            if (!BlankText.Is(text.AsSpan(start, length)))
            {
                var input = Hash(id, text, start, length, textHash);
                chunks.Add(new CutChunk(input, NextOccurrence(seen, input), start, length, heading, default));
            }
        }

        return Covering(text, chunks);
    }

    private static CutDocument Covering(string text, IReadOnlyList<CutChunk> chunks) =>
        new(chunks, ChunkCover.IsWhole(chunks, chunk => (chunk.Start, chunk.Length), text.Length));

    private CutChunk[] CutWhole(Document document, ContentHash textHash, OwnEmbedding own) =>
        [new(Hash(document.Id, document.Text, 0, document.Text.Length, textHash), 0, 0, document.Text.Length, null, own.Vector)];

    private List<CutChunk> CutReady(Document document, IReadOnlyList<OwnChunk> ready)
    {
        var chunks = new List<CutChunk>(ready.Count);
        var seen = new Dictionary<ContentHash, int>(ready.Count);
        var start = 0;
        foreach (var (text, heading, own) in ready)
        {
            if (own is not null)
            {
                CheckSpace(document, own);
            }

            if (!BlankText.Is(text))
            {
                var input = Hash(document.Id, document.Text, start, text.Length, default);
                chunks.Add(new CutChunk(input, NextOccurrence(seen, input), start, text.Length, heading, own?.Vector ?? default));
            }

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
        if (pipeline.NormalizeInput)
        {
            var input = InputNormalizer.Normalize(span);
            CheckLength(id, input);
            return ContentHash.Of(input);
        }

        CheckLength(id, span);
        return length == text.Length && !textHash.IsZero ? textHash : ContentHash.Of(span);
    }

    private void CheckLength(string id, ReadOnlySpan<char> chunk)
    {
        var most = pipeline.Model.MaxInputBytes;
        if (chunk.Length > most / 3 && Encoding.UTF8.GetByteCount(chunk) is var bytes && bytes > most)
        {
            throw TooLong($"a chunk of '{id}' has {bytes} bytes; '{pipeline.Model.Space.Name}' surely takes {most} whole");
        }

        if (pipeline.Model.Limit is { } limit && !limit.Holds(chunk))
        {
            throw TooLong($"a chunk of '{id}' with {chunk.Length} characters has more tokens than the {limit.Tokens} that "
                + $"'{pipeline.Model.Space.Name}' takes");
        }

        static ItemException TooLong(string what) =>
            new(
                ErrorCodes.EmbeddingTooLong,
                what,
                "nothing is cut silently: use 'ChunkerKind.Structured', or a smaller ChunkerOptions.Size");
    }

    private void CheckSpace(Document document, OwnEmbedding own)
    {
        var space = pipeline.Model.Space;
        if (own.Space is { } named && !string.Equals(named, space.Name, StringComparison.Ordinal))
        {
            throw new ItemException(
                ErrorCodes.EmbeddingSpace,
                $"the embedding of '{document.Id}' is of the space '{named}', the index is of '{space.Name}'",
                $"send vectors of '{space.Name}' or leave 'embedding' out");
        }

        if (VectorValidator.Complaint(space, own.Vector.Span) is { } complaint)
        {
            throw new ItemException(
                ErrorCodes.EmbeddingInvalid,
                $"the embedding that came with '{document.Id}' is none of '{space.Name}': {complaint}",
                $"send vectors of '{space.Name}' or leave 'embedding' out");
        }
    }
}
