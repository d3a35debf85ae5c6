using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class StructuredChunkerTests
{
    private static readonly StructuredChunker Chunker = new();

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    public void A_blank_text_has_no_chunks(string text) => Chunker.Split(text).ShouldBeEmpty();

    [Fact]
    public void A_document_up_to_one_and_a_half_times_the_size_to_aim_at_is_one_chunk()
    {
        var text = string.Concat(Enumerable.Repeat("# Title\n\nA sentence.\n\n", 60))[..1200];

        Chunker.Split(text).ShouldBe([new ChunkSpan(0, 1200, "Title")]);
        Chunker.Split(text[2..]).ShouldHaveSingleItem().Heading.ShouldBeNull();
    }

    [Fact]
    public void The_spans_give_back_any_text_and_keep_to_the_sizes()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var text = NastyText.Of(random, pieces: 60);
            var spans = Chunker.Split(text);

            ShouldPartition(text, spans);
            var contents = spans.Select(span => text.AsSpan(span.Start, span.Length).Trim().Length).ToList();
            contents.Min().ShouldBePositive();
            contents.Max().ShouldBeLessThanOrEqualTo(Chunker.MaxSize);
            (spans.Count == 1 || spans.Min(span => span.Length) >= Chunker.MinSize).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(8191)]
    public void No_chunk_passes_the_byte_bound_of_the_model(int bytes)
    {
        var chunker = new StructuredChunker(maxInputBytes: bytes);
        var random = new Random(bytes);
        for (var i = 0; i < 60; i++)
        {
            var text = NastyText.Of(random, pieces: 40);
            var spans = chunker.Split(text);

            ShouldPartition(text, spans);
            spans.Max(span => Encoding.UTF8.GetByteCount(text, span.Start, span.Length)).ShouldBeLessThanOrEqualTo(bytes);
        }
    }

    [Fact]
    public void The_size_scales_the_mean()
    {
        var text = new GeneratedDocument(DocumentKind.Markdown, 200_000, seed: 3).Text;

        new StructuredChunker(400).Split(text).Average(span => span.Length).ShouldBeInRange(320, 520);
        new StructuredChunker(1600).Split(text).Average(span => span.Length).ShouldBeInRange(1250, 2000);
    }

    [Fact]
    public void Line_ends_of_windows_move_no_boundary()
    {
        var text = new GeneratedDocument(DocumentKind.Markdown, 1_500, seed: 5).Text;
        var windows = text.Replace("\n", "\r\n", StringComparison.Ordinal);

        var spans = Chunker.Split(windows);

        spans.Count.ShouldBeGreaterThan(1);
        spans.ShouldAllBe(span => span.Start == 0 || windows[span.Start - 1] == '\n');
    }

    [Fact]
    public void The_same_text_gives_the_same_chunks_from_any_thread()
    {
        var text = new GeneratedDocument(DocumentKind.List, 50_000, seed: 9).Text;
        var expected = new StructuredChunker().Split(text);

        Parallel.For(0, 50, _ => Chunker.Split(text).ShouldBe(expected));
    }

    [Fact]
    public void Any_setting_that_moves_a_boundary_changes_the_fingerprint()
    {
        string[] fingerprints =
        [
            new StructuredChunker().Fingerprint,
            new StructuredChunker(900).Fingerprint,
            new StructuredChunker(800, 8191).Fingerprint,
            new StructuredChunker(800, 4000).Fingerprint,
            new StructuredChunker(800, 600).Fingerprint,
        ];

        fingerprints.Distinct(StringComparer.Ordinal).Count().ShouldBe(fingerprints.Length);
        fingerprints[0].ShouldBe("structured;1;size=800");
        new StructuredChunker(800, 1_000_000).Fingerprint.ShouldBe(fingerprints[0]);
    }

    [Fact]
    public void The_boundaries_of_this_version_are_these()
    {
        // A change here re-embeds what people have indexed: then the version in the fingerprint goes up.
        var text = new GeneratedDocument(DocumentKind.Markdown, 6_000, seed: 1).Text;

        Chunker.Split(text).Select(span => span.Length).ShouldBe([1113, 586, 860, 1155, 878, 432, 836, 366, 957]);
    }

    private static void ShouldPartition(string text, IReadOnlyList<ChunkSpan> spans)
    {
        var end = 0;
        foreach (var span in spans)
        {
            var cutsPair = span.Start > 0 && char.IsSurrogatePair(text[span.Start - 1], text[span.Start]);
            if (span.Start != end || span.Length <= 0 || cutsPair)
            {
                Assert.Fail($"The span at {span.Start} does not go on where the one before ended, at {end}.");
            }

            end = span.End;
        }

        end.ShouldBe(spans.Count == 0 ? 0 : text.Length);
    }
}
