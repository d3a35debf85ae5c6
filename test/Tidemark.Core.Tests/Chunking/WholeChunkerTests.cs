using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class WholeChunkerTests
{
    [Fact]
    public void The_document_is_the_chunk() =>
        new WholeChunker().Split(" # A\n\nText \n").ShouldBe([new ChunkSpan(0, 12, null)]);

    [Fact]
    public void A_blank_document_has_none() => new WholeChunker().Split(" \n").ShouldBeEmpty();

    [Fact]
    public void A_document_over_the_byte_bound_is_cut_into_even_pieces_that_give_it_back()
    {
        var text = string.Concat(Enumerable.Repeat("Größe 😀 ", 200));

        var spans = new WholeChunker(1000).Split(text);
        var chunks = spans.Select(span => text.Substring(span.Start, span.Length)).ToList();

        string.Concat(chunks).ShouldBe(text);
        chunks.ShouldAllBe(chunk => Encoding.UTF8.GetByteCount(chunk) <= 1000);
        chunks.ShouldAllBe(chunk => chunk.EndsWith(' '));
        chunks.Min(chunk => chunk.Length).ShouldBeGreaterThan(chunks.Max(chunk => chunk.Length) / 2);
    }
}
