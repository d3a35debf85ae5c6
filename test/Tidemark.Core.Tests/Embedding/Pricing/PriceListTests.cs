using Shouldly;
using Tidemark.Embedding.Pricing;
using Xunit;

namespace Tidemark.Tests.Embedding.Pricing;

public sealed class PriceListTests
{
    [Theory]
    [InlineData("hashing:384", 0)]
    [InlineData("hashing:16", 0)]
    [InlineData("openai:text-embedding-3-small", 0.02)]
    [InlineData("openai:text-embedding-3-small:1536", 0.02)]
    [InlineData("openai:text-embedding-3-large:256?document=passage%3A%20&normalize=true", 0.13)]
    [InlineData("openai:text-embedding-ada-002:1536", 0.10)]
    public void A_known_model_has_a_price_whatever_its_dimensions_and_prefixes(string space, double price) =>
        PriceList.Find(space).ShouldBe((decimal)price);

    [Theory]
    [InlineData("openai:text-embedding-3")]
    [InlineData("openai:text-embedding-3-small-mine:1536")]
    [InlineData("openai:nomic-embed-text:latest:768")]
    [InlineData("text-embedding-3-small-x")]
    [InlineData("")]
    public void An_unknown_model_has_none(string space) => PriceList.Find(space).ShouldBeNull();

    [Fact]
    public void Each_price_says_when_and_where_it_was_read()
    {
        PriceList.All.Count.ShouldBeGreaterThan(10);
        PriceList.All.Select(price => price.Model).ShouldBeUnique();
        PriceList.All.ShouldAllBe(price => price.UsdPerMillionTokens > 0
            && price.Provider.Length > 0
            && price.Source.StartsWith("https://", StringComparison.Ordinal)
            && price.AsOf > new DateOnly(2022, 1, 1));
    }

    [Theory]
    [InlineData("openai:m", "openai:m:8", true)]
    [InlineData("m", "openai:m:8", true)]
    [InlineData("openai:m:8", "openai:m:8", true)]
    [InlineData("openai:m:16", "openai:m:8", false)]
    [InlineData("openai:*", "openai:m:8?query=q", true)]
    [InlineData("hashing:*", "hashing:384", true)]
    [InlineData("hashing", "hashing:384", true)]
    [InlineData("openai:m", "openai:mm:8", false)]
    [InlineData("openai:nomic-embed-text:latest", "openai:nomic-embed-text:latest:768", true)]
    public void A_configured_name_means_a_model_a_space_or_a_beginning(string pattern, string space, bool means) =>
        PriceName.Matches(pattern, space).ShouldBe(means);
}
