using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Tests.Indexing;

public sealed class MetadataFilterTests
{
    [Theory]
    [InlineData("lang=en", "lang", MetadataTest.AnyOf, "en")]
    [InlineData("lang=en,de=at", "lang", MetadataTest.AnyOf, "en|de=at")]
    [InlineData("lang = en", "lang", MetadataTest.AnyOf, "en")]
    [InlineData("author=\"Doe, Jane\"", "author", MetadataTest.AnyOf, "Doe, Jane")]
    [InlineData("author=\"Doe, Jane\", \"Roe\",x", "author", MetadataTest.AnyOf, "Doe, Jane|Roe|x")]
    [InlineData("say=\"he said \"\"hi\"\"\"", "say", MetadataTest.AnyOf, "he said \"hi\"")]
    [InlineData("say=he said \"hi\"", "say", MetadataTest.AnyOf, "he said \"hi\"")]
    [InlineData("lang!=en,de", "lang", MetadataTest.NoneOf, "en|de")]
    [InlineData("price>=10", "price", MetadataTest.AtLeast, "10")]
    [InlineData("price <= 1e3", "price", MetadataTest.AtMost, "1e3")]
    [InlineData("date<2026-01-01", "date", MetadataTest.Less, "2026-01-01")]
    [InlineData("name>\"a, b\"", "name", MetadataTest.Greater, "a, b")]
    [InlineData("owner=null", "owner", MetadataTest.AnyOf, "NULL")]
    [InlineData("owner!=null,x", "owner", MetadataTest.NoneOf, "NULL|x")]
    [InlineData("owner=\"null\"", "owner", MetadataTest.AnyOf, "null")]
    [InlineData("owner?", "owner", MetadataTest.Present, "")]
    [InlineData("!owner?", "owner", MetadataTest.Absent, "")]
    [InlineData("! \"own er\"? ", "own er", MetadataTest.Absent, "")]
    [InlineData("\"k=v\"=q", "k=v", MetadataTest.AnyOf, "q")]
    [InlineData("\"!a\"=q", "!a", MetadataTest.AnyOf, "q")]
    [InlineData("url=a?b", "url", MetadataTest.AnyOf, "a?b")]
    [InlineData("empty=", "empty", MetadataTest.AnyOf, "")]
    [InlineData("empty=\"\"", "empty", MetadataTest.AnyOf, "")]
    [InlineData("empty!=\"\"", "empty", MetadataTest.NoneOf, "")]
    [InlineData("sign=\"=x\"", "sign", MetadataTest.AnyOf, "=x")]
    public void A_condition_is_read_as_it_is_written(string text, string key, MetadataTest test, string values)
    {
        var condition = MetadataFilter.Parse(text).Conditions.Single();

        (condition.Key, condition.Test).ShouldBe((key, test));
        string.Join('|', condition.Values.Select(value => value ?? "NULL")).ShouldBe(values);
    }

    [Theory]
    [InlineData("lang")]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("=x")]
    [InlineData("!owner")]
    [InlineData("author=Doe, Jane")]
    [InlineData("author=Doe ,Jane")]
    [InlineData("lang=en,")]
    [InlineData("lang=,en")]
    [InlineData("lang==en")]
    [InlineData("n=>3")]
    [InlineData("!lang=en")]
    [InlineData("n>=1,2")]
    [InlineData("n>null")]
    [InlineData("n>")]
    [InlineData("n>= ")]
    [InlineData("n<")]
    [InlineData("n!=")]
    [InlineData("a=\"x")]
    [InlineData("a=\"x\"y")]
    [InlineData("\"a\"x?")]
    public void What_could_mean_something_else_is_refused(string text) =>
        Should.Throw<TidemarkException>(() => MetadataFilter.Parse(text)).Code.ShouldBe(ErrorCodes.Usage);

    [Theory]
    [InlineData("v>=10", "12", true)]
    [InlineData("v>=10", "\"12\"", true)]
    [InlineData("v>=10", "\"on request\"", false)]
    [InlineData("v<10", "\"%\"", false)]
    [InlineData("v<10", "\"\"", false)]
    [InlineData("v<2026-01-01", "\"2025-12-31\"", true)]
    [InlineData("v<2026-01-01", "\"%soon\"", false)]
    [InlineData("v>2026-01-01", "\"soon\"", false)]
    [InlineData("v<2026", "\"2025-12-31\"", true)]
    [InlineData("v>=b", "\"c\"", true)]
    [InlineData("v>=b", "\"10\"", false)]
    [InlineData("v<b", "\"10\"", false)]
    [InlineData("v<b", "\"a\"", true)]
    public void What_is_of_two_kinds_has_no_order(string filter, string value, bool expected) =>
        MetadataMatcher.Matches(MetadataFilter.Parse(filter), System.Text.Encoding.UTF8.GetBytes($"{{\"v\":{value}}}")).ShouldBe(expected);

    [Theory]
    [InlineData("docs/guide", "docs/guide", true)]
    [InlineData("docs/guide", "docs/guide/a.md", true)]
    [InlineData("docs/guide", "docs/guidebook.md", false)]
    [InlineData("docs/guide", "docs/guide-old/a.md", false)]
    [InlineData("docs/guide", "docs/guide.md", false)]
    [InlineData("docs/guide/", "docs/guide/a.md", true)]
    [InlineData("docs/guide/", "docs/guide", false)]
    [InlineData("docs/gui*", "docs/guidebook.md", true)]
    [InlineData("product-", "product-17", true)]
    [InlineData("tenants/1", "tenants/10/a", false)]
    public void A_path_is_a_document_and_what_is_below_it(string path, string document, bool expected) =>
        (MetadataFilter.None with { Path = path }).Covers(document, "docs").ShouldBe(expected);

    [Fact]
    public void A_source_is_its_whole_name() =>
        new[] { "docs", "docs2", "Docs" }.Select(source => (MetadataFilter.None with { Source = "docs" }).Covers("a", source))
            .ShouldBe([true, false, false]);
}
