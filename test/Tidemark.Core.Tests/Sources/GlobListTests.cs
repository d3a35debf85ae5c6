using System.Text;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class GlobListTests
{
    [Theory]
    [InlineData("*.md", "a.md", true)]
    [InlineData("*.md", "x/y/a.md", true)]
    [InlineData("/*.md", "x/a.md", false)]
    [InlineData("./x/*.md", "x/a.md", true)]
    [InlineData("x/*.md", "x/a.md", true)]
    [InlineData("x/*.md", "x/y/a.md", false)]
    [InlineData("x/**", "x/y/a.md", true)]
    [InlineData("**/y/*", "x/y/a.md", true)]
    [InlineData("x/", "x/y/a.md", true)]
    [InlineData("y/", "x/y/a.md", true)]
    [InlineData("/y/", "x/y/a.md", false)]
    [InlineData("*.{md,txt}", "a.txt", true)]
    [InlineData("*.{md,txt}", "a.rst", false)]
    [InlineData("{x,y/{a,b}}/*.md", "y/b/c.md", true)]
    [InlineData("{x,y/{a,b}}/*.md", "y/c/c.md", false)]
    [InlineData("a{,-b}.md", "a.md", true)]
    [InlineData("?.md", "é.md", true)]
    [InlineData("?.md", "👍.md", true)]
    [InlineData("??.md", "é.md", false)]
    [InlineData("[à-ü].md", "é.md", true)]
    [InlineData("[!a].md", "é.md", true)]
    [InlineData("\\{a\\}.md", "{a}.md", true)]
    [InlineData("a.md", "A.md", false)]
    [InlineData("**.md", "x/a.md", true)]
    public void Patterns_match_relative_paths(string pattern, string path, bool matches)
    {
        GlobList.ForFiles([pattern]).Matches(Encoding.UTF8.GetBytes(path), isFolder: false).ShouldBe(matches);
    }

    [Fact]
    public void A_slash_at_the_end_of_an_excluding_pattern_means_folders()
    {
        var list = GlobList.ForEntries(["build/"]);
        list.Matches("x/build"u8, isFolder: true).ShouldBeTrue();
        list.Matches("x/build"u8, isFolder: false).ShouldBeFalse();
    }

    [Theory]
    [InlineData("[a.md")]
    [InlineData("{a,b")]
    [InlineData("a\\")]
    [InlineData("/")]
    [InlineData("{1,2,3,4,5,6,7,8,9,0}{1,2,3,4,5,6,7,8,9,0}{1,2,3,4,5,6,7,8,9,0}{1,2,3,4,5,6,7,8,9,0}")]
    public void A_broken_pattern_is_named_with_a_remedy(string pattern)
    {
        var error = Should.Throw<TidemarkException>(() => GlobList.ForFiles([pattern]));
        error.Code.ShouldBe(ErrorCodes.Usage);
        error.Message.ShouldContain($"'{pattern}'");
        error.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void Many_stars_do_not_explode()
    {
        var path = Encoding.UTF8.GetBytes(string.Join('/', Enumerable.Repeat("aaaaaaaaaaaaaaaaaaaaaaaa", 60)));
        GlobList.ForFiles(["**/*a*a*a*a*/**/*a*a*a*b/**/*a*b"]).Matches(path, isFolder: false).ShouldBeFalse();
    }
}
