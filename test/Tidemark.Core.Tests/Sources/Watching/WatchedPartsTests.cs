using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources.Watching;

public sealed class WatchedPartsTests
{
    [Fact]
    public void Folders_below_the_root_are_parts_and_one_inside_another_is_that_one() =>
        Of(["/docs/b", "/docs/a/x", "/docs/a"]).ShouldBe(["a", "b"]);

    [Fact]
    public void What_happened_in_the_root_itself_or_in_nobody_knows_where_takes_all()
    {
        Of(["/docs/a", "/docs"]).ShouldBeNull();
        Of(null).ShouldBeNull();
        Of(["/docsX/a"]).ShouldBeNull();
    }

    [Fact]
    public void What_is_gone_was_told_by_the_folder_that_it_lay_in() =>
        WatchedParts.Of(Source(), ["/docs/a", "/docs/gone"], folder => folder != "/docs/gone").ShouldBe(["a"]);

    [Fact]
    public void With_links_inside_all_is_listed()
    {
        var source = Source();
        source.HasLinks = true;
        WatchedParts.Of(source, ["/docs/a"], _ => true).ShouldBeNull();
    }

    [Fact]
    public void Of_a_source_that_is_a_part_only_what_lies_in_it_counts()
    {
        Of(["/docs/guide/x", "/docs/other"], "guide").ShouldBe(["guide/x"]);
        Of(["/docs/guide"], "guide").ShouldBe(["guide"]);
        Of(["/docs/a"], "a/b").ShouldBeNull();
    }

    private static IReadOnlyList<string>? Of(string[]? folders, params string[] parts) => WatchedParts.Of(Source(parts), folders, _ => true);

    private static WatchedSource Source(params string[] parts) =>
        new(new DirectoryOptions { Name = "docs", Path = "/docs", Parts = parts }, TimeProvider.System);
}
