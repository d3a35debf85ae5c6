using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Sources;
using Tidemark.Syncing;
using Tidemark.Tests.Sources;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class SourceOverlapTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TidemarkIndex _index = TidemarkIndex.Create(t => t.UseHashingEmbedder(16).UseStore(new InMemoryStore()));

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_holds_another_source_is_told_until_it_leaves_that_out()
    {
        _folder.Write("part/guide/g.txt");
        await _index.SyncAsync(FolderOf("guide", _folder.Path("part/guide")), Token);

        var plan = await _index.PlanAsync(FolderOf("docs", _folder.Root), Token);
        var apart = await _index.PlanAsync(FolderOf("docs", _folder.Root, "/part/guide/"), Token);

        var warning = plan.Warnings.ShouldHaveSingleItem();
        (warning.Code, warning.Remedy.Contains("\"/part/guide/\"", StringComparison.Ordinal)).ShouldBe((ErrorCodes.SourceOverlap, true));
        (warning.Message.Contains("'docs'", StringComparison.Ordinal), warning.Message.Contains("'guide'", StringComparison.Ordinal)).ShouldBe((true, true));
        apart.Warnings.ShouldNotContain(one => one.Code == ErrorCodes.SourceOverlap);
    }

    [Fact]
    public async Task It_is_told_every_time_and_of_sources_of_one_call_and_not_once_the_folder_is_gone()
    {
        _folder.Write("part/guide/g.txt");
        _folder.Write("one.txt");
        var (docs, guide) = (FolderOf("docs", _folder.Root), FolderOf("guide", _folder.Path("part/guide")));
        await _index.SyncAsync(guide, Token);

        OverlapsOf(await _index.PlanAsync(new SyncOptions { Sources = [.. guide.Sources!, .. docs.Sources!] }, Token)).ShouldNotBeEmpty();
        OverlapsOf(await _index.SyncAsync(docs, Token)).ShouldHaveSingleItem();
        OverlapsOf(await _index.SyncAsync(docs, Token)).ShouldHaveSingleItem();

        Directory.Delete(_folder.Path("part"), recursive: true);
        OverlapsOf(await _index.PlanAsync(docs, Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a[b]{c}", @"/a\[b]\{c}/")]
    [InlineData("a*b", @"/a\*b/")]
    [InlineData("a?b", @"/a\?b/")]
    [InlineData(@"a\b", @"/a\\b/")]
    public async Task What_is_to_be_left_out_stands_for_itself_in_the_pattern(string name, string pattern)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere no folder has such a name");
        _folder.Write($"{name}/g.txt");
        await _index.SyncAsync(FolderOf("guide", _folder.Path(name)), Token);

        var plan = await _index.PlanAsync(FolderOf("docs", _folder.Root), Token);

        plan.Warnings.ShouldHaveSingleItem().Remedy.ShouldContain($"(\"{pattern}\")");
    }

    [Fact]
    public async Task One_folder_by_two_paths_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere not everybody may make links");
        _folder.Write("pages/one.txt");
        _folder.Link("link", "pages");
        await _index.SyncAsync(FolderOf("docs", _folder.Path("pages")), Token);

        OverlapsOf(await _index.PlanAsync(FolderOf("other", _folder.Path("link")), Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_folder_under_two_names_may_be_shared_by_paths()
    {
        _folder.Write("one.txt");
        _folder.Write("two.txt");
        await _index.SyncAsync(FolderOf("docs", _folder.Root, "/two.txt"), Token);

        OverlapsOf(await _index.PlanAsync(FolderOf("pages", _folder.Root, "/one.txt"), Token)).ShouldBeEmpty();
        (await _index.PlanAsync(FolderOf("pages", _folder.Root, "/docs/"), Token)).Warnings.ShouldHaveSingleItem().Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task One_folder_under_two_names_is_told_where_both_take_the_same()
    {
        _folder.Write("one.txt");
        _folder.Write("two.md");
        await _index.SyncAsync(FolderOf("docs", _folder.Root, "*.md"), Token);

        var apart = await _index.SyncAsync(FolderOf("pages", _folder.Root, "*.txt"), Token);
        var again = await _index.SyncAsync(FolderOf("other", _folder.Root, "*.md"), Token);

        OverlapsOf(apart).ShouldBeEmpty();
        OverlapsOf(again).ShouldBe(["'other' and 'docs' are sources of one folder, and what both take is indexed twice"]);
    }

    [Fact]
    public async Task A_folder_within_that_of_another_source_is_told_when_it_is_indexed_twice()
    {
        _folder.Write("guide/g.txt");
        _folder.Write("drafts/d.txt");
        await _index.SyncAsync(FolderOf("docs", _folder.Root, "/drafts/"), Token);

        var twice = await _index.SyncAsync(FolderOf("guide", _folder.Path("guide")), Token);
        var apart = await _index.SyncAsync(FolderOf("drafts", _folder.Path("drafts")), Token);

        twice.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            warning => warning.Code.ShouldBe(ErrorCodes.SourceOverlap),
            warning => warning.Remedy.ShouldContain("'docs'"),
            warning => warning.Message.ShouldContain("'docs'"),
            warning => warning.Message.ShouldContain("'guide'"));
        OverlapsOf(apart).ShouldBeEmpty();
    }

    private static IEnumerable<string> OverlapsOf(SyncReport report) =>
        report.Warnings.Where(one => one.Code == ErrorCodes.SourceOverlap).Select(one => one.Message);

    private static SyncOptions FolderOf(string name, string path, params string[] exclude) => new()
    {
        Sources = [new DirectorySource(new DirectoryOptions { Name = name, Path = path, Exclude = exclude })],
    };
}
