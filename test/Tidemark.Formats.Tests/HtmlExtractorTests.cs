using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

public sealed class HtmlExtractorTests
{
    [Fact]
    public void A_page_becomes_readable_text_with_its_structure()
    {
        const string page = """
            <!doctype html><html lang="en"><head><title> The
              title </title><meta name="Description" content="About it"><style>p{}</style></head>
            <body><nav><a href="/">Home</a></nav><script>alert(1)</script>
            <h1>Install</h1><p>Some <b>bold</b>
               text.<br>Next line.</p>
            <ul><li>one</li><li>two<ol start="3"><li>three</li><li>four</li></ol></li><li></li></ul>
            <h2>Code</h2><pre><code class="language-sh">a  b
              c</code></pre>
            <blockquote><p>Quoted</p></blockquote>
            <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>x|y</td></tr></table>
            <div hidden>no</div><template>no</template><p>End<img src="x" alt="picture"></p></body></html>
            """;
        var (text, metadata) = Extract(page);
        text.ReplaceLineEndings("\n").ShouldBe("""
            # Install

            Some bold text.
            Next line.

            - one
            - two
              3. three
              4. four

            ## Code

            ```sh
            a  b
              c
            ```

            > Quoted

            | A | B |
            | --- | --- |
            | 1 | x\|y |

            End picture

            """.ReplaceLineEndings("\n"));
        metadata.ShouldBe("""{"description":"About it","lang":"en","title":"The title"}""");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("just text", "just text\n")]
    [InlineData("<p>a</p><p></p><p>b", "a\n\nb\n")]
    [InlineData("<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n")]
    [InlineData("<h1></h1><p>a</p>", "a\n")]
    [InlineData("<ul><li></li></ul><p>a</p>", "a\n")]
    [InlineData("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b\n")]
    [InlineData("<ul><li><h3>a</h3>b</li></ul>", "- ### a\n\n  b\n")]
    [InlineData("<li>alone</li>", "- alone\n")]
    [InlineData("<table><tr><td><ul><li>layout</li></ul></td><td>x</td></tr></table>", "- layout\n\nx\n")]
    [InlineData("<p>a&nbsp;b&amp;c &lt;d&gt;</p>", "a\u00a0b&c <d>\n")]
    [InlineData("<pre>\n```\nx\n</pre>", "````\n```\nx\n````\n")]
    [InlineData("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb\n")]
    [InlineData("a<script>x</script>b", "ab\n")]
    [InlineData("a <!-- no --> b", "a b\n")]
    public void Blocks_are_set_apart(string markup, string text)
    {
        Extract(markup).Text.ShouldBe(text);
    }

    [Fact]
    public void The_encoding_is_the_one_that_the_page_names()
    {
        byte[] cyrillic = [.. "<meta charset=windows-1251><p>"u8, 0xCF, 0xF0, 0xE8, .. "</p>"u8];
        Extract(cyrillic).Text.ShouldBe("При\n");
        byte[] western = [.. "<meta http-equiv=content-type content='text/html; charset=ISO-8859-1'><p>"u8, 0x80, 0xE9];
        Extract(western).Text.ShouldBe("€é\n");
        Extract([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<p>ä</p>")]).Text.ShouldBe("ä\n");
        Extract([.. "\uFEFF<meta charset=windows-1251>"u8, .. "ä"u8]).Text.ShouldBe("ä\n");
    }

    [Fact]
    public void What_cannot_be_decoded_is_refused()
    {
        Should.Throw<ItemException>(() => Extract([0x3C, 0xE9, 0x3E])).Code.ShouldBe(ErrorCodes.SourceEncoding);
        Should.Throw<ItemException>(() => Extract([.. "<meta charset=klingon>"u8])).Message.ShouldContain("'klingon'");
        Should.Throw<ItemException>(() => Extract([0x3C, 0])).Code.ShouldBe(ErrorCodes.SourceBinary);
        Should.Throw<ItemException>(() => Extract([.. "<meta charset=latin1>"u8, 0])).Code.ShouldBe(ErrorCodes.SourceBinary);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>")]
    [InlineData("<b>")]
    [InlineData("<table><tr><td>")]
    public void Pages_may_nest_deeply_but_not_without_end(string tag)
    {
        Extract($"{string.Concat(Enumerable.Repeat(tag, 100))}deep").Text.ShouldContain("deep");
        Should.Throw<ItemException>(() => Extract(string.Concat(Enumerable.Repeat(tag, 200_000))))
            .Message.ShouldContain("nest");
    }

    [Fact]
    public void Pages_may_be_as_wide_as_they_like()
    {
        Extract(string.Concat(Enumerable.Repeat("<p>x</p>", 20_000))).Text.Length.ShouldBe((20_000 * 3) - 1);
    }

    private static (string Text, string Metadata) Extract(string markup) => Extract(Encoding.UTF8.GetBytes(markup));

    private static (string Text, string Metadata) Extract(byte[] content)
    {
        var extracted = new HtmlExtractor().Extract("a.html", content);
        return (extracted.Text, extracted.Metadata.Json);
    }
}
