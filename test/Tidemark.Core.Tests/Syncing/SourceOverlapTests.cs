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
        apart.Warnings.ShouldNotContain(one => one.Code == ErrorCodes.SourceOverlap);
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
            warning => warning.Code.ShouldBe(ErrorCodes.SourceOverlap), warning => warning.Remedy.ShouldContain("'docs'"));
        OverlapsOf(apart).ShouldBeEmpty();
    }

    private static IEnumerable<string> OverlapsOf(SyncReport report) =>
        report.Warnings.Where(one => one.Code == ErrorCodes.SourceOverlap).Select(one => one.Message);

    private static SyncOptions FolderOf(string name, string path, params string[] exclude) => new()
    {
        Sources = [new DirectorySource(new DirectoryOptions { Name = name, Path = path, Exclude = exclude })],
    };
}
