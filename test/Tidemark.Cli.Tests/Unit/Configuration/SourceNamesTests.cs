using Shouldly;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class SourceNamesTests
{
    [Theory]
    [InlineData("/home/me", "/home/me", ".")]
    [InlineData("/home/me/docs", "/home/me", "docs")]
    [InlineData("/home/me/docs/", "/home/me", "docs")]
    [InlineData("/home/me/a/b", "/home/me", "a/b")]
    [InlineData("/home/me/..docs", "/home/me", "..docs")]
    [InlineData("/home", "/home/me", "/home")]
    [InlineData("/home/you/docs", "/home/me", "/home/you/docs")]
    [InlineData("/", "/home/me", "/")]
    public void A_directory_is_named_by_its_path_from_the_root(string path, string root, string name) =>
        SourceNames.Of(path, root).ShouldBe(name);

    [Theory]
    [InlineData("a.jsonl", true)]
    [InlineData("a.NDJSON", true)]
    [InlineData("a.json-lines", true)]
    [InlineData("a.json", false)]
    [InlineData("jsonl", false)]
    public void JSON_lines_are_known_by_their_ending(string path, bool expected) =>
        SourceNames.IsJsonLines(path).ShouldBe(expected);

    [Theory]
    [InlineData("chunkng", "chunking")]
    [InlineData("CHUNKING", "chunking")]
    [InlineData("zzzzzz", null)]
    public void The_nearest_name_is_found_only_if_it_is_near(string name, string? nearest) =>
        NearestName.Find(name, ["store", "chunking", "guard"]).ShouldBe(nearest);

    [Fact]
    public void The_edit_distance_counts_insertions_deletions_and_replacements()
    {
        NearestName.Distance("kitten", "sitting").ShouldBe(3);
        NearestName.Distance("", "abc").ShouldBe(3);
        NearestName.Distance("abc", "ABC").ShouldBe(0);
    }
}
