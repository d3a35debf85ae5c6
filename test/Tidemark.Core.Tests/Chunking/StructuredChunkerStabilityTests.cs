using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>The bound that docs/chunking.md publishes.</summary>
public sealed class StructuredChunkerStabilityTests
{
    private static readonly StructuredChunker Chunker = new();

    public static TheoryData<int> Kinds => [.. Enum.GetValues<DocumentKind>().Select(kind => (int)kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_edit_embeds_one_chunk_in_the_median_and_never_more_than_three(int kind)
    {
        var cost = new EditCost();
        foreach (var (size, documents, edits) in Plan)
        {
            for (var i = 0; i < documents; i++)
            {
                cost.Measure(Chunker, new GeneratedDocument((DocumentKind)kind, size, seed: (size * 31) + i), edits);
            }
        }

        cost.Edits.ShouldBeGreaterThan(1500);
        cost.Median.ShouldBe(1);
        cost.Mean.ShouldBeLessThanOrEqualTo(1.2);
        cost.Worst.ShouldBeLessThanOrEqualTo(3);
        cost.MeanSize.ShouldBeInRange(700, 1000);
        cost.ShareUnder(250).ShouldBeLessThanOrEqualTo(0.1);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(300)]
    [InlineData(450)]
    [InlineData(600)]
    [InlineData(800)]
    [InlineData(1100)]
    [InlineData(2000)]
    public void The_mean_size_holds_whatever_length_the_paragraphs_share(int length)
    {
        var prose = new ProseGenerator(new Random(length));
        var text = string.Join("\n\n", Enumerable.Range(0, 400_000 / length)
            .Select(_ => string.Join(' ', prose.Paragraph(length - 45, length - 45))));

        Chunker.Split(text).Average(span => span.Length).ShouldBeInRange(680, 1020);
    }

    [Fact]
    public void Repeated_content_is_cut_alike_before_and_behind_an_edit()
    {
        var line = "The same line, again and again.\n";
        var before = string.Concat(Enumerable.Repeat(line, 20_000));
        var after = before.Insert(line.Length * 9_001, "Another line.\n");
        var known = Chunker.Split(before).Select(span => before.Substring(span.Start, span.Length))
            .ToHashSet(StringComparer.Ordinal);

        Chunker.Split(after).Count(span => !known.Contains(after.Substring(span.Start, span.Length)))
            .ShouldBeLessThanOrEqualTo(3);
    }

    private static IEnumerable<(int Size, int Documents, int Edits)> Plan =>
        [(1_000, 20, 20), (4_000, 20, 20), (16_000, 20, 25), (64_000, 8, 25), (256_000, 1, 20), (1_000_000, 1, 6)];
}
