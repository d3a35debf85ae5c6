using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.Support;

/// <summary>Makes the writes that an engine would decide.</summary>
public static class TestWrites
{
    public static DocumentWrite.Put Put(
        string id,
        SourceKey source,
        IReadOnlyList<string> chunks,
        long expected = 0,
        IReadOnlyList<ChunkRecord>? former = null) => new()
        {
            Id = id,
            ExpectedSequence = expected,
            Document = new Document { Id = id, SourceId = id, Text = string.Concat(chunks), Token = Token(id) },
            Source = source,
            TextHash = ContentHash.Of(string.Concat(chunks).AsSpan()),
            Chunks = Chunks(chunks, former ?? []),
            ChunksArePartition = true,
        };

    public static DocumentWrite.Remove Remove(
        string id, SourceKey source, DocumentGlance glance, DocumentState state, DocumentVersion version = default) => new()
        {
            Id = id,
            ExpectedSequence = glance.Sequence,
            Key = glance.Key,
            Source = source,
            SourceId = id,
            State = state,
            Version = version,
        };

    public static DocumentWrite.Touch Touch(DocumentRecord stored, ChangeToken token) => new()
    {
        Id = stored.Id,
        ExpectedSequence = stored.Glance.Sequence,
        Stored = stored,
        Token = token,
        Version = new DocumentVersion(7, null),
        Repeats = true,
    };

    public static DocumentWrite.Stage Stage(string id, DocumentGlance glance, params string[] chunks) => new()
    {
        Id = id,
        ExpectedSequence = glance.Sequence,
        Key = glance.Key,
        Chunks = Chunks(chunks, []),
        ChunksArePartition = true,
    };

    public static ChangeToken Token(string seed) => new(ContentHash.Of(seed.AsSpan()));

    /// <summary>Texts in order as chunks; those that <paramref name="former"/> has are kept.</summary>
    public static IReadOnlyList<ChunkWrite> Chunks(IReadOnlyList<string> texts, IReadOnlyList<ChunkRecord> former)
    {
        var chunks = new List<ChunkWrite>();
        var start = 0;
        foreach (var text in texts)
        {
            var input = TestVector.InputOf(text);
            var occurrence = chunks.Count(chunk => chunk.Input == input);
            var kept = former.FirstOrDefault(chunk => chunk.Input == input && chunk.Occurrence == occurrence);
            chunks.Add(new ChunkWrite
            {
                Existing = kept.Key,
                Input = input,
                Occurrence = occurrence,
                Start = start,
                Length = text.Length,
                Heading = text.StartsWith('#') ? text : null,
                Text = kept.Key.IsNone ? text : null,
                Vector = kept.Key.IsNone ? TestVector.Of(text) : default,
            });
            start += text.Length;
        }

        return chunks;
    }
}
