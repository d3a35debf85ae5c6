using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class VectorFillTests
{
    private static readonly Dictionary<ContentHash, ReadOnlyMemory<float>> Vectors = new()
    {
        [ContentHash.Of("a")] = new float[] { 1, 0 },
        [ContentHash.Of("b")] = new float[] { 0, 1 },
    };

    [Fact]
    public void New_chunks_get_their_vectors_and_the_decided_write_stays_as_it_was_made()
    {
        var decided = Put(New("a"), New("b"));

        var filled = (DocumentWrite.Put)VectorFill.Of(decided, Vectors);

        filled.Chunks.Select(chunk => chunk.Vector.ToArray()).ShouldBe([[1, 0], [0, 1]]);
        decided.Chunks.ShouldAllBe(chunk => chunk.Vector.IsEmpty);
        (VectorFill.IsWaiting(decided), VectorFill.IsWaiting(filled)).ShouldBe((true, false));
    }

    [Fact]
    public void A_chunk_that_goes_on_gets_none_and_waits_for_none()
    {
        var decided = Put(New("a") with { Existing = new ChunkKey(7), Text = null });

        VectorFill.Of(decided, Vectors).ShouldBeSameAs(decided);
        VectorFill.IsWaiting(decided).ShouldBeFalse();
    }

    [Fact]
    public void What_has_no_vector_goes_on_waiting_beside_what_has()
    {
        var filled = (DocumentWrite.Stage)VectorFill.Of(
            new DocumentWrite.Stage
            {
                Id = "d",
                ExpectedSequence = 1,
                Key = new DocumentKey(1),
                Chunks = [New("a"), New("unknown")],
                ChunksArePartition = true,
            },
            Vectors);

        filled.Chunks.Select(chunk => chunk.Vector.IsEmpty).ShouldBe([false, true]);
        VectorFill.IsWaiting(filled).ShouldBeTrue();
    }

    [Fact]
    public void A_write_without_chunks_waits_for_nothing()
    {
        var write = new DocumentWrite.Touch
        {
            Id = "d",
            ExpectedSequence = 1,
            Stored = new DocumentRecord { Glance = new DocumentGlance { Key = new DocumentKey(1) }, Id = "d", SourceId = "d" },
            Token = ChangeToken.None,
            Version = default,
            Repeats = false,
        };

        VectorFill.Of(write, Vectors).ShouldBeSameAs(write);
        VectorFill.IsWaiting(write).ShouldBeFalse();
    }

    private static ChunkWrite New(string text) =>
        new() { Input = ContentHash.Of(text), Occurrence = 0, Start = 0, Length = text.Length, Text = text };

    private static DocumentWrite.Put Put(params ChunkWrite[] chunks) => new()
    {
        Id = "d",
        ExpectedSequence = 0,
        Document = new Document { Id = "d", SourceId = "d", Text = "ab" },
        Source = new SourceKey(1),
        TextHash = ContentHash.Of("ab"),
        Chunks = chunks,
        ChunksArePartition = true,
    };
}
