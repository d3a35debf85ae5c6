using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>What a page made of Markdown or MDX does not show is no text.</summary>
public sealed class MarkdownCommentTests
{
    [Theory]
    [InlineData("a <!-- secret --> b\n", "a  b\n")]
    [InlineData("a\n\n<!-- secret\n\nmore -->\nb\n", "a\n\nb\n")]
    [InlineData("<!-- c --><!-- d -->\n# A\n", "# A\n")]
    [InlineData("a\n<!-- c -->", "a\n")]
    public void Comments_are_left_out(string content, string text) => Extract("a.md", content).ShouldBe(text);

    [Theory]
    [InlineData("```html\n<!-- kept -->\n```\n")]
    [InlineData("- ~~~\n  <!-- kept -->\n  ~~~\n")]
    [InlineData("Write `<!-- kept -->`, or ``a`<!-- b -->``.\n")]
    [InlineData("Code:\n\n    <!-- kept -->\n")]
    [InlineData("a \\<!-- kept -->\n")]
    [InlineData("a <!-- never closed\n\nb `<!--` c\n")]
    [InlineData("<b>bold</b> {/* kept */} import x\n\nimport a from \"b\"\n")]
    public void What_is_shown_stays(string content) => Extract("a.md", content).ShouldBe(content);

    [Theory]
    [InlineData("import X from \"./x\"\nexport const meta = { title: \"Buoy\" }\n\n# Buoys\n", "\n# Buoys\n")]
    [InlineData("import {\n  A,\n\n  B,\n} from 'x'\n\ntext\n", "\ntext\n")]
    [InlineData("{/* no */}\n<Note kind=\"tip\">Check the chain.</Note>\n", "Check the chain.\n")]
    [InlineData("<Card title=\"Install\" icon='x' on={() => { a > b }} />\n<>text</>\n", " Install \ntext\n")]
    [InlineData("a < b, <https://x.org> and 1 <2>\n", "a < b, <https://x.org> and 1 <2>\n")]
    [InlineData("import taxes are high\n\nexport of goods\n", "import taxes are high\n\nexport of goods\n")]
    [InlineData("```jsx\nimport A from \"a\"\n<A/>\n```\n", "```jsx\nimport A from \"a\"\n<A/>\n```\n")]
    [InlineData("text\nimport a from \"b\"\n", "text\nimport a from \"b\"\n")]
    [InlineData("never <b closed\n", "never <b closed\n")]
    [InlineData("export const a = {\n\ntext after a brace that is never closed\n", "\ntext after a brace that is never closed\n")]
    public void Of_MDX_only_what_is_shown_is_text(string content, string text) => Extract("a.mdx", content).ShouldBe(text);

    [Theory]
    [InlineData("<!-- ")]
    [InlineData("<a b={")]
    [InlineData("<a b=\"")]
    [InlineData("<a ")]
    [InlineData("{/* ")]
    [InlineData("` `` ``` a")]
    [InlineData("export const a = {\n\n")]
    [InlineData("<!---->")]
    public void What_never_ends_takes_no_time(string piece) =>
        Should.CompleteIn(() => Extract("a.mdx", new StringBuilder().Insert(0, piece, 200_000).ToString()), TimeSpan.FromSeconds(20));

    private static string Extract(string path, string content) =>
        new MarkdownExtractor().Extract(path, Encoding.UTF8.GetBytes(content)).Text;
}
