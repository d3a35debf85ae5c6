using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Pages that stand for far more than they have are one failed item; what is only odd is read.</summary>
public sealed class HostileHtmlTests
{
    public static TheoryData<string> TooMuch { get; } =
    [
        Repeat("<p><a><b><i><u><font>", 450_000),
        Repeat("<p><font>x", 700_000),
        "<p>" + string.Concat(Enumerable.Range(0, 400).Select(i => $"<font a{i}>")) + Repeat("<p>x", 1_000_000),
        "<p>" + string.Concat(Enumerable.Range(0, 400).Select(i => $"<font a{i}>")) + Repeat("</p>x", 1_000_000),
        Repeat("<blockquote>", 400) + Repeat("<br>x", 500_000),
    ];

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void A_page_that_multiplies_is_refused(string page)
    {
        var e = Should.Throw<ItemException>(() => Extract(page));
        e.Code.ShouldBe(ErrorCodes.SourceMalformed);
        e.Message.ShouldContain("'docs/a.html'");
        e.HidesDocuments.ShouldBeFalse();
    }

    [Fact]
    public void A_long_page_of_people_is_read()
    {
        var page = Repeat("<div class=c><h2>Head</h2><p>Some <b>bold</b> text that <a href=/x>goes on</a>.</p><ul><li>a<li>b</ul></div>\n", 60_000);
        Extract(page).Length.ShouldBeGreaterThan(2_000_000);
    }

    [Theory]
    [InlineData("<tr><td>1<td>2<td>3", 3_000_000)]
    [InlineData("<tr><td>1</td><td>2</td><td>3</td></tr>", 6_000_000)]
    public void A_page_that_is_all_table_is_read_up_to_millions_of_characters(string row, int length)
    {
        var page = "<table>" + Repeat(row, length / row.Length);
        Extract(page).ShouldEndWith("| 1 | 2 | 3 |\n");
    }

    [Fact]
    public void A_fence_of_backticks_is_longer_than_any_in_it() =>
        Extract($"<pre>{new string('`', 2_000_000)}</pre>").ShouldStartWith(new string('`', 2_000_001) + "\n");

    [Fact]
    public void A_language_is_found_among_very_many_classes()
    {
        var classes = string.Join(' ', Enumerable.Range(0, 300_000).Select(i => $"a{i}"));
        Extract($"<pre class=\"{classes} language-ada\">x</pre>").ShouldBe("```ada\nx\n```\n");
    }

    private static string Extract(string page) => new HtmlExtractor().Extract("docs/a.html", Encoding.UTF8.GetBytes(page)).Text;

    private static string Repeat(string piece, int count) => new StringBuilder().Insert(0, piece, count).ToString();
}
