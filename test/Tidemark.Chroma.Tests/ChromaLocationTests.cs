using Shouldly;
using Xunit;

namespace Tidemark.Chroma.Tests;

public sealed class ChromaLocationTests
{
    [Theory]
    [InlineData("chroma:http://localhost:8000/handbook", "chroma:http://localhost:8000/handbook")]
    [InlineData("CHROMA:HTTP://LocalHost:8000/handbook", "chroma:http://localhost:8000/handbook")]
    [InlineData("chroma:http://localhost:80/handbook", "chroma:http://localhost/handbook")]
    [InlineData("chroma:https://example.org/behind/a/proxy/hand-book_1.2", "chroma:https://example.org/behind/a/proxy/hand-book_1.2")]
    [InlineData("chroma:http://h/abc?database=default_database&tenant=t", "chroma:http://h/abc?tenant=t")]
    [InlineData("chroma:http://h/abc?database=d&tenant=a%20b", "chroma:http://h/abc?tenant=a%20b&database=d")]
    public void A_location_has_one_canonical_text(string text, string canonical)
    {
        var location = ChromaLocation.Parse(text);

        location.ToString().ShouldBe(canonical);
        ChromaLocation.Parse(canonical).ShouldBe(location);
    }

    [Fact]
    public void Its_parts_are_where_they_belong()
    {
        var location = ChromaLocation.Parse("chroma:https://example.org:8443/behind/handbook?tenant=t");

        location.ShouldSatisfyAllConditions(
            l => l.Server.ToString().ShouldBe("https://example.org:8443/behind/"), l => l.Collection.ShouldBe("handbook"),
            l => l.Tenant.ShouldBe("t"), l => l.Database.ShouldBe("default_database"));
    }

    [Theory]
    [InlineData("http://localhost:8000/handbook")]
    [InlineData("chroma:http://localhost:8000/")]
    [InlineData("chroma:http://localhost:8000/-a-")]
    [InlineData("chroma:http://localhost:8000/abc?tenant=")]
    public void Anything_else_is_refused_with_a_remedy(string text)
    {
        var refused = Should.Throw<TidemarkException>(() => ChromaLocation.Parse(text));

        (refused.Code, refused.Remedy.Length > 0).ShouldBe((ErrorCodes.ConfigurationInvalid, true));
    }

    [Fact]
    public void A_password_is_refused_and_not_repeated()
    {
        var refused = Should.Throw<TidemarkException>(() => ChromaLocation.Parse("chroma:http://me:secret@localhost:8000/handbook"));

        refused.ToString().ShouldNotContain("secret");
        refused.Remedy.ShouldContain("CHROMA_TOKEN");
    }
}
