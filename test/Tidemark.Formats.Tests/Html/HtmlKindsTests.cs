using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>What pages of people have, kind by kind.</summary>
public sealed class HtmlKindsTests
{
    [Theory]
    [InlineData("<noscript><div id=n></noscript><h1>Ferry</h1><p>At nine.</p><noscript></div></noscript>", "# Ferry\n\nAt nine.\n")]
    [InlineData("<noscript><p>Enable scripts.</noscript><h1>Ferry</h1>", "# Ferry\n")]
    [InlineData("<head><noscript><link href=x><p>no</noscript></head><p>a", "a\n")]
    [InlineData("<p>one<noscript><p>two<p>three", "one\n\ntwo\n\nthree\n")]
    [InlineData("<noscript>gone</noscript><p>one<NOSCRIPT class=x>two<noscript>three", "one two three\n")]
    [InlineData("<p>one<noscript", "one\n")]
    public void What_is_for_browsers_without_scripts_swallows_nothing(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><script src=\"a>b.js\"/></head><body><h1><a id=\"t\"/>A</h1><div class=\"x\"/><p>b<br/>c</p></body></html>", "# A\n\nb\nc\n")]
    [InlineData("<?xml version=\"1.0\"?><html><head><style/></head><body><p>a<i/>b</p><iframe src='x'/><p>c</p></body></html>", "ab\n\nc\n")]
    [InlineData("<?xml version=\"1.0\"?><html><body><pre><![CDATA[if (a < b && c) go();]]></pre></body></html>", "```\nif (a < b && c) go();\n```\n")]
    [InlineData("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\"><textarea/><p>a</p><!-- <script/> --><script>if (1 </2/>x) {}</script>b", "a\n\nb\n")]
    public void A_page_in_xhtml_closes_its_elements_as_xml_does(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<p>a</p><div hidden>x</div><div hidden=until-found>b</div>", "a\n\nb\n")]
    [InlineData("<p>a<span aria-hidden=true>x</span>b</p>", "ab\n")]
    [InlineData("<div style='color:red; DISPLAY : none !important'>x</div><div style='--display:none'>b</div>", "b\n")]
    [InlineData("<div role=navigation>x</div><nav>y</nav><dialog>z</dialog><dialog open>b</dialog>", "b\n")]
    [InlineData("<h2 id=s>Setup<a class=headerlink href='#s'>¶</a></h2>", "## Setup\n")]
    [InlineData("<h2><a class=anchor href='#s'>Permalink</a>Setup</h2>", "## Setup\n")]
    [InlineData("<h2><a class=anchor href='#s'>Setup</a></h2>", "## Setup\n")]
    [InlineData("<h2><a href='#s'>🔗</a>Setup <a href='/x'>now</a></h2>", "## Setup now\n")]
    public void What_readers_do_not_see_is_dropped(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<p>Keys: <button>Save</button><button>Cancel</button></p>", "Keys: Save Cancel\n")]
    [InlineData("<p><img alt='A chart'>Text<img alt=''>s</p>", "A chart Text s\n")]
    [InlineData("<figure><img alt='Bay'><figcaption>The bay</figcaption></figure>x", "Bay\n\nThe bay\n\nx\n")]
    [InlineData("<p>Word<sup><a href='#fn1'>1</a></sup> x<sup>2</sup></p>", "Word[1] x2\n")]
    [InlineData("<p>(<img alt='a key'>), <button>Save</button>.</p>", "(a key), Save.\n")]
    [InlineData("<p>soft&shy;ware</p>", "software\n")]
    [InlineData("<ol start=5><li value=9>a<li>b</ol>", "9. a\n10. b\n")]
    [InlineData("<ol reversed><li>a<li>b</ol>", "2. a\n1. b\n")]
    [InlineData("<ul><li value=3>a</ul>", "- a\n")]
    public void Neighbours_are_kept_apart(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>", "E = mc^2")]
    [InlineData("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>24</mn></mfrac></math>", "(a + 1)/24")]
    [InlineData("<math><msqrt><mi>x</mi></msqrt><mo>&#x2062;</mo><msub><mi>y</mi><mrow><mi>i</mi><mo>,</mo><mi>j</mi></mrow></msub></math>", "√xy_(i, j)")]
    [InlineData("<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>\\frac{1}{2}</annotation></semantics></math>", @"\frac{1}{2}")]
    [InlineData("<math><mi>sin</mi><mi>x</mi></math>", "sin x")]
    [InlineData("<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover></math>", "∑_(i = 1)^n")]
    public void A_formula_is_written_in_a_line(string page, string text) => Extract($"<p>is{page}or</p>").ShouldBe($"is {text} or\n");

    [Theory]
    [InlineData("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の</p>", "港(みなと)の\n")]
    [InlineData("<p><ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby></p>", "東京(とうきょう)\n")]
    [InlineData("<p><ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby></p>", "漢字(hàn zì)\n")]
    public void Readings_stand_behind_the_whole_word(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<pre><code class=language-sh>make<br>make install</code></pre>", "```sh\nmake\nmake install\n```\n")]
    [InlineData("<pre><div>one</div>\n<div>  two</div></pre>", "```\none\n  two\n```\n")]
    [InlineData("<pre><div>one</div><div><br></div><div>two</div></pre>", "```\none\n\ntwo\n```\n")]
    [InlineData("<pre><span class=lineno>1</span>int x;\n<span class=lineno>2</span>}<span hidden>y</span><script>z</script></pre>", "```\nint x;\n}\n```\n")]
    public void Lines_of_code_stay_lines(string page, string text) => Extract(page).ShouldBe(text);

    [Theory]
    [InlineData("<tr><td>Anchor<br>Galvanised</td><td><p>Holds.</p><p>Nine kilos.</p></td></tr>", "| Anchor Galvanised | Holds. Nine kilos. |\n| --- | --- |\n")]
    [InlineData("<tr><td><div>Rope</div><div>Long</div></td><td><dl><dt>Colour</dt><dd>Blue</dd></dl></td></tr>", "| Rope Long | Colour Blue |\n| --- | --- |\n")]
    [InlineData("<tr><td><img alt='A buoy'>red<div><script>s</script><style>t</style>Floats</div></td></tr>", "| A buoy red Floats |\n| --- |\n")]
    [InlineData("<tr><td><span hidden>x</span>Lamp<td><code>a | b</code><td hidden>z</tr><tr style='display:none'><td>y</tr>", "| Lamp | a \\| b |\n| --- | --- |\n")]
    [InlineData("<tr><th>Sizes<td><ul><li>small<li>large</ul></tr>", "| Sizes | small; large |\n| --- | --- |\n")]
    [InlineData("<tr><th colspan=2>Berths<tr><td rowspan=2>A1<td>12 m<tr><td>14 m", "| Berths |  |\n| --- | --- |\n| A1 | 12 m |\n|  | 14 m |\n")]
    public void A_cell_is_one_line_with_all_that_is_in_it(string rows, string text) => Extract($"<table>{rows}</table>").ShouldBe(text);

    [Fact]
    public void Of_a_page_with_main_nothing_else_is_the_text()
    {
        const string page = "<header>Site</header><aside>ad</aside><div role=main><h1>A</h1><header>b</header></div><footer>(c)</footer>";
        Extract(page).ShouldBe("# A\n\nb\n");
        Extract(page, new HtmlOptions { MainOnly = false }).ShouldBe("Site\n\nad\n\n# A\n\nb\n\n(c)\n");
        Extract("<div>x</div><article>a<article>in</article></article><article>b</article><aside><article>ad</article></aside>")
            .ShouldBe("a\n\nin\n\nb\n");
        Extract("<div>x</div><main><nav>n</nav></main>").ShouldBe("x\n");
        Extract("<div>x</div><main hidden>y</main><main>z</main>").ShouldBe("z\n");
    }

    [Fact]
    public void Targets_of_links_are_written_on_demand()
    {
        const string page = "<p>See <a href='https://x.org/b'>the manual</a>, <a href='#a'>below</a>, <a href='https://y.org'>https://y.org</a>.</p>";
        Extract(page).ShouldBe("See the manual, below, https://y.org.\n");
        Extract(page, new HtmlOptions { LinkTargets = true }).ShouldBe("See the manual <https://x.org/b>, below, https://y.org.\n");
    }

    [Fact]
    public void A_setting_is_part_of_the_fingerprint()
    {
        var options = new HtmlOptions();
        string[] fingerprints =
        [
            new HtmlExtractor().Fingerprint,
            new HtmlExtractor(options with { MainOnly = false }).Fingerprint,
            new HtmlExtractor(options with { LinkTargets = true }).Fingerprint,
        ];
        fingerprints.ShouldBeUnique();
        new HtmlExtractor(options).Fingerprint.ShouldBe(fingerprints[0]);
    }

    private static string Extract(string page, HtmlOptions? options = null) =>
        new HtmlExtractor(options).Extract("a.html", Encoding.UTF8.GetBytes(page)).Text;
}
