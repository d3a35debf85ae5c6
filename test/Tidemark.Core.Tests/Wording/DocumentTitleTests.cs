using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class DocumentTitleTests
{
    [Theory]
    [InlineData("docs/a.md", """{"title":"  The Title "}""", "The Title")]
    [InlineData("docs/a.md", """{"a":{"title":"inner"},"title":"outer"}""", "outer")]
    [InlineData("docs/a.md", """{"title":""}""", "a")]
    [InlineData("docs/a.md", """{"title":["x"," y ",{"z":["inner"]},["deep"],null,7]}""", "x y 7")]
    [InlineData("docs/a.md", """{"title":[]}""", "a")]
    [InlineData("docs/a.md", """{"title":2042}""", "2042")]
    [InlineData("docs/a.md", """{"title":true}""", "a")]
    [InlineData("docs/a.md", """{"title":{"en":"x"}}""", "a")]
    [InlineData("docs/a.md", """{"a":"\"title\""}""", "a")]
    [InlineData("docs/guide/setup-guide.html", "{}", "setup-guide")]
    [InlineData("docs/guide/README.md", "{}", "guide")]
    [InlineData("docs/_index.md", "{}", "docs")]
    [InlineData("/README.md", "{}", "README")]
    [InlineData("README.md", "{}", "README")]
    [InlineData("docs/v1.2", "{}", "")]
    [InlineData("docs/.env", "{}", "")]
    [InlineData("db/products/1", "{}", "")]
    [InlineData("https://example.org/", "{}", "")]
    [InlineData("a.b c", "{}", "")]
    [InlineData("docs/a.md", """{"a":[1,{"title":"inner"}],"title":"outer"}""", "outer")]
    [InlineData("docs/a.md", """{"title":null}""", "a")]
    [InlineData("a/INDEX.html", "{}", "a")]
    [InlineData("/a/b/readme.md", "{}", "b")]
    [InlineData("a.b/README", "{}", "")]
    [InlineData("a/index.x/c.md", "{}", "c")]
    [InlineData("a.abcdefgh", "{}", "a")]
    [InlineData("a.abcdefghi", "{}", "")]
    [InlineData("a.m1", "{}", "a")]
    [InlineData("a.1m", "{}", "")]
    [InlineData("a.", "{}", "")]
    [InlineData(".md", "{}", "")]
    public void A_document_is_called_by_its_metadata_or_its_file(string id, string metadata, string title)
    {
        DocumentTitle.Of(id, MetadataCanonicalizer.Parse(metadata)).ShouldBe(title);
        DocumentTitle.Of(id, Encoding.UTF8.GetBytes(metadata)).ShouldBe(title);
    }

    [Fact]
    public void Of_a_very_long_title_the_beginning_is_one()
    {
        var longest = new string('x', 1000);

        DocumentTitle.Of("a.md", MetadataCanonicalizer.Parse($$"""{"title":"{{longest}}y"}""")).ShouldBe(longest);
        DocumentTitle.Of($"{longest}y.md", MetadataCanonicalizer.Parse("{}")).ShouldBe(longest);
        DocumentTitle.Of($"{longest}.md", MetadataCanonicalizer.Parse("{}")).ShouldBe(longest);
    }

    [Theory]
    [InlineData("Setup", "Guide > Install", "Setup\nGuide > Install")]
    [InlineData("", "Guide", "Guide")]
    [InlineData("Setup", null, "Setup")]
    [InlineData("Setup", "", "Setup")]
    [InlineData("", null, "")]
    public void Above_a_chunk_stands_the_title_and_then_its_headings(string title, string? headings, string caption) =>
        ChunkCaption.Of(title, headings).ShouldBe(caption);

    [Theory]
    [InlineData("")]
    [InlineData("\"title\"")]
    [InlineData("""["title"]""")]
    [InlineData("""{"title":"cut""")]
    [InlineData("""{"title":"\ud800"}""")]
    public void What_is_damaged_has_no_title(string metadata) =>
        DocumentTitle.Of("plain", Encoding.UTF8.GetBytes(metadata)).ShouldBe("");
}
