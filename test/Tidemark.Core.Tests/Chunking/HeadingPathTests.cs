using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

public sealed class HeadingPathTests
{
    /// <summary>Of each heading the path that a chunk has which begins there.</summary>
    [Theory]
    [InlineData("# A\n## B\n### C\n## D\n# E\n", "A", "A > B", "A > B > C", "A > D", "E")]
    [InlineData("### C\n# A\n### D\n", "C", "A", "A > D")]
    [InlineData("# A\n## \n### C\n", "A", "A", "A > C")]
    public void What_is_deeper_belongs_to_what_is_open(string text, params string[] paths)
    {
        var path = new StructuredChunker().HeadingsOf(text);
        int[] starts = [.. Enumerable.Range(0, text.Length).Where(at => text[at] == '#' && (at == 0 || text[at - 1] == '\n'))];

        starts.Select(path.At).ShouldBe(paths);
    }

    [Fact]
    public void White_space_belongs_to_what_follows_it()
    {
        var path = new StructuredChunker().HeadingsOf("text\n\n# A\ntext");

        (path.At(0), path.At(3), path.At(4)).ShouldBe((null, null, "A"));
        new StructuredChunker().HeadingsOf("#\n").At(0).ShouldBeNull("it has no words");
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    public void Of_a_very_long_heading_the_beginning_is_named(int letters, int named) =>
        new StructuredChunker().HeadingsOf($"# {new string('x', letters)}\n").At(0).ShouldBe(new string('x', named));

    [Theory]
    [InlineData(198, "😀")]
    [InlineData(199, "")]
    public void A_character_is_named_whole_or_not(int before, string named) =>
        new StructuredChunker().HeadingsOf($"# {new string('x', before)}😀xxx\n").At(0).ShouldBe(new string('x', before) + named);
}
