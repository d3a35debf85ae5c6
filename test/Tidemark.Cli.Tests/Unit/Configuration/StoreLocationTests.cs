using Shouldly;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class StoreLocationTests
{
    [Theory]
    [InlineData("postgres://host/db", "postgres://host/db")]
    [InlineData("postgres://me:s3cret@host:5433/db?schema=x", "postgres://me@host:5433/db?schema=x")]
    [InlineData("postgresql://me:p%40ss@host/db?password=s3cret&schema=x&passfile=y", "postgresql://me@host/db?schema=x")]
    [InlineData("POSTGRES://me:a:b@c@host/db?Password=s3cret", "POSTGRES://me@host/db")]
    [InlineData("postgres://:s3cret@host", "postgres://@host")]
    public void The_address_of_a_server_is_shown_without_its_password(string url, string shown)
    {
        StoreLocation.WithoutSecrets(url).ShouldBe(shown);
        StoreLocation.Parse(url.Replace("&passfile=y", "", StringComparison.Ordinal), "/", [])!.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("sqlite:a@b:c")]
    [InlineData("docs@home")]
    public void Anything_else_is_shown_as_it_is(string url) => StoreLocation.WithoutSecrets(url).ShouldBe(url);

    [Theory]
    [InlineData("postgres://me:s3cret@host:port/db")]
    [InlineData("postgres://me:s3cret@host/db?nonsense=1")]
    [InlineData("postgres:me:s3cret@host/db")]
    public void An_address_that_cannot_be_read_is_a_mistake_that_shows_no_password(string url)
    {
        var mistakes = new List<ConfigurationMistake>();

        StoreLocation.Parse(url, "/", mistakes).ShouldBeNull();

        mistakes.ShouldHaveSingleItem().ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("sqlite:dir/")]
    [InlineData("sqlite:./")]
    [InlineData("sqlite:///")]
    [InlineData("postgres://host/db?schema=a%00b")]
    [InlineData("postgres://host/d%00b")]
    public void What_names_no_store_is_a_mistake_before_anything_is_made(string url)
    {
        var mistakes = new List<ConfigurationMistake>();

        StoreLocation.Parse(url, "/", mistakes).ShouldBeNull();

        mistakes.ShouldHaveSingleItem();
    }
}
