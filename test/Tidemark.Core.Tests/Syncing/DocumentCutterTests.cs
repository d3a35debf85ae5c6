using System.Globalization;
using Microsoft.Extensions.AI;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class DocumentCutterTests
{
    public static TheoryData<string> Gaps { get; } =
        [new string(' ', 6_000), new string('\n', 6_000), new string('\u200B', 6_000), new string('\u3000', 3_000), new string('\u0001', 6_000)];

    [Theory]
    [MemberData(nameof(Gaps))]
    public void White_space_alone_is_never_a_chunk(string gap)
    {
        var text = $"Revenue\n\nName{gap}Amount\n\nEnd.\n";
        foreach (var chunker in (IChunker[])[
            new StructuredChunker(800, 512), new RecursiveChunker(400, 50, 512), new WholeChunker(512), new EachLetter()])
        {
            var cut = Cut(chunker, text);
            var chunks = cut.Chunks.Select(chunk => text.Substring(chunk.Start, chunk.Length)).ToList();

            chunks.ShouldAllBe(chunk => chunk.Any(c => char.IsLetter(c) || c == '.'), chunker.Fingerprint);
            string.Concat(chunks).Where(char.IsLetter).Count().ShouldBeGreaterThanOrEqualTo(20);
            cut.IsPartition.ShouldBe(string.Concat(chunks) == text, chunker.Fingerprint);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\uFEFF\u200B\n")]
    public void A_text_of_nothing_else_has_no_chunk(string text)
    {
        Cut(new StructuredChunker(), text).Chunks.ShouldBeEmpty();
        Cut(new EachLetter(), text).Chunks.ShouldBeEmpty();
        Cutter(new StructuredChunker()).Cut(
            new Document { Id = "a", Text = text, Embedding = new OwnEmbedding(Enumerable.Repeat(0.25f, 16).ToArray(), null) }, default)
            .Chunks.ShouldBeEmpty();
    }

    [Fact]
    public void Blank_chunks_that_an_import_brings_are_left_out()
    {
        var document = new Document { Id = "a", Text = "one \n two", Chunks = [new("one", null, null), new(" \n ", null, null), new("two", null, null)] };

        var cut = Cutter(new StructuredChunker()).Cut(document, default);

        cut.Chunks.Select(chunk => (chunk.Start, chunk.Length)).ShouldBe([(0, 3), (6, 3)]);
        cut.IsPartition.ShouldBeFalse();
    }

    [Fact]
    public void A_vector_that_came_with_its_text_is_not_blamed_on_the_model()
    {
        var error = Should.Throw<ItemException>(() => Cutter(new StructuredChunker())
            .Cut(new Document { Id = "a", Text = "one", Embedding = new OwnEmbedding(new float[] { 1, 2 }, null) }, default));

        error.Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        error.Message.ShouldContain("'a'");
        error.Message.ShouldContain("2 dimensions, not 16");
        error.Remedy.ShouldContain("leave 'embedding' out");
    }

    private static CutDocument Cut(IChunker chunker, string text) => Cutter(chunker).Cut("a", text, default);

    private static DocumentCutter Cutter(IChunker chunker) => new(new SyncPipeline { Chunker = chunker, Model = HashingModel.Create(16) });

    /// <summary>As a chunker of somebody's own may be.</summary>
    private sealed class EachLetter : IChunker
    {
        public string Fingerprint => "letters";

        public IReadOnlyList<ChunkSpan> Split(string text) =>
            [.. Enumerable.Range(0, text.Length).Select(i => new ChunkSpan(i, 1, null))];
    }
}
