using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>
/// Texts of megabytes that took minutes or hours where the work grew with the square of their length. Nothing here measures time: a
/// test that does not end says enough.
/// </summary>
public sealed class HostileTextTests
{
    private const int Size = 4_000_000;

    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "one line of a table", "| - " },
        { "the border of a table", "|---" },
        { "a grid", "+-" },
        { "rules", "---\n" },
        { "dots", ". " },
        { "letters apart", "aaaaaaaaa" + new string('-', 3_000) + " " },
        { "quotes", "\"(' " },
        { "titles", "a\n=\n" },
        { "fences", "```\nx\n" },
        { "one word", "a" },
        { "headings", "# # " },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_chunker_cuts_them(string name, string piece)
    {
        var text = new StringBuilder().Insert(0, piece, Size / piece.Length).ToString();
        foreach (var chunker in (IChunker[])[
            new StructuredChunker(), new StructuredChunker(800, 1_500), new RecursiveChunker(), new WholeChunker(1_500)])
        {
            chunker.Split(text).Count.ShouldBeGreaterThan(100, $"{name}, {chunker.Fingerprint}");
        }
    }

    [Fact]
    public void A_text_whose_boundaries_all_lie_in_its_first_third_is_cut()
    {
        var text = new string('x', Size / 3) + new string(' ', Size * 2 / 3) + "x";
        new StructuredChunker().Split(text).Count.ShouldBeGreaterThan(1_000);
    }
}
