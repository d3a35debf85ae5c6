using Shouldly;
using Tidemark.Agents;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Agents;

public sealed class UrlTemplateTests
{
    [Theory]
    [InlineData("https://docs.example/{path}", "https://docs.example/guide/in%20stall.md")]
    [InlineData("https://docs.example/{stem}", "https://docs.example/guide/in%20stall")]
    [InlineData("https://docs.example/?d={id}#top", "https://docs.example/?d=docs/guide/in%20stall.md#top")]
    [InlineData("wiki:{source}/{page}", "wiki:docs/a%26b")]
    [InlineData("https://x.example/{number}", "https://x.example/12")]
    [InlineData("{url}", "https://web.example/a?b=c&d=%20e")]
    public void An_address_is_made_of_what_is_known_of_the_document(string template, string address) =>
        Of(template).ShouldBe(address);

    [Theory]
    [InlineData("https://docs.example/{missing}")]
    [InlineData("https://docs.example/{tags}")]
    [InlineData("{script}")]
    [InlineData("{page}")]
    public void What_lacks_a_field_or_is_no_web_address_has_none(string template) => Of(template).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("https://docs.example/")]
    [InlineData("docs/{path}")]
    [InlineData("https://docs.example/{path")]
    [InlineData("https://docs.example/{}")]
    [InlineData("https://docs.example/path}")]
    [InlineData("https://docs example/{path}")]
    [InlineData("/srv/docs/{path}")]
    public void What_would_give_no_address_is_refused(string template) =>
        Should.Throw<TidemarkException>(() => UrlTemplate.Parse(template)).Code.ShouldBe(ErrorCodes.Usage);

    [Fact]
    public void A_document_outside_of_its_sources_folder_is_named_whole() =>
        UrlTemplate.Parse("https://x.example/{path}").Of("db/1", "products", DocumentMetadata.Empty).ShouldBe("https://x.example/db/1");

    private static string? Of(string template) => UrlTemplate.Parse(template).Of(
        "docs/guide/in stall.md",
        "docs",
        DocumentMetadata.Of(
            ("page", "a&b"), ("number", 12), ("url", "https://web.example/a?b=c&d=%20e"), ("script", "javascript:alert(1)"), ("tags", new[] { "a" })));
}
