using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Tests.Embedding;

public sealed class SpaceTraitsTests
{
    [Fact]
    public void A_plain_space_has_no_suffix() => SpaceTraits.None.ToSuffix().ShouldBe("");

    [Fact]
    public void Everything_that_changes_vectors_stands_in_the_name() => new SpaceTraits
    {
        DocumentPrefix = "passage: ",
        QueryPrefix = "query: ",
        Normalize = true,
        MaxInputTokens = 2048,
        Revision = "2",
    }.ToSuffix().ShouldBe("?document=passage%3A%20&query=query%3A%20&normalize=true&input=2048&revision=2");

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Traits().ToArbitrary(), traits =>
    {
        var suffix = traits.ToSuffix();
        return suffix.Length == 0 ? traits == SpaceTraits.None : SpaceTraits.TryParse(suffix[1..]) == traits;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("prefix=a")]
    [InlineData("document=")]
    [InlineData("normalize=yes")]
    [InlineData("input=many")]
    [InlineData("input=0")]
    [InlineData("document=a&&query=b")]
    public void What_there_is_not_is_refused(string suffix) => SpaceTraits.TryParse(suffix).ShouldBeNull();

    private static Gen<SpaceTraits> Traits() =>
        from document in Gen.Elements("", "passage: ", "a&b=c?d#", "ümläut 😀\n")
        from query in Gen.Elements("", "query: ", "100 %", "+")
        from normalize in Gen.Elements(true, false)
        from tokens in Gen.Elements<int?>(null, 128, 8192)
        from revision in Gen.Elements("", "2026-11")
        select new SpaceTraits
        {
            DocumentPrefix = document,
            QueryPrefix = query,
            Normalize = normalize,
            MaxInputTokens = tokens,
            Revision = revision,
        };
}
