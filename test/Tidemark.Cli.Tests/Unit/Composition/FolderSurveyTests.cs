using Shouldly;
using Tidemark.Cli.Starting;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

public sealed class FolderSurveyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_usual_folders_win_over_others_with_documents()
    {
        Touch("docs/a.md", "docs/deep/b.txt", "docs/c.png", "src/README.md", "node_modules/x/README.md", "rows.jsonl");

        (await FindAsync(_folder)).ShouldBe(
            [new("docs", SourceType.Directory, 2), new("rows.jsonl", SourceType.JsonLines, 1)]);
    }

    [Fact]
    public async Task What_has_documents_beside_the_usual_folders_is_told()
    {
        Touch("docs/a.md", "src/README.md", "src/deep/b.md", "empty/x.bin", "node_modules/x/README.md", "README.md", "CHANGES.md");

        (await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken)).LeftOut.ShouldBe(
            [new(".", SourceType.Directory, 2), new("src", SourceType.Directory, 2)]);
    }

    [Fact]
    public async Task Documents_beside_folders_that_are_all_taken_are_told_and_none_where_the_whole_is_taken()
    {
        Touch("a/x.md", "b/y.md", "README.md");
        (await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken)).LeftOut.ShouldBe([new(".", SourceType.Directory, 1)]);

        Directory.Delete(Path.Combine(_folder, "a"), recursive: true);
        Directory.Delete(Path.Combine(_folder, "b"), recursive: true);
        (await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken)).LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_usual_one_every_folder_with_documents_is_found()
    {
        Touch("b/a.html", "a/x.rst", "empty/x.bin", ".hidden/a.md");

        (await FindAsync(_folder)).Select(s => s.Path).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Documents_of_the_folder_itself_are_found_when_there_is_nothing_else()
    {
        Touch("README.md");

        (await FindAsync(_folder)).ShouldBe([new(".", SourceType.Directory, 1)]);
    }

    [Fact]
    public async Task A_link_is_not_found_wherever_it_leads()
    {
        Touch("elsewhere/docs/private.md", "elsewhere/rows.jsonl", "here/notes/a.md");
        File.CreateSymbolicLink(Path.Combine(_folder, "here/rows.jsonl"), Path.Combine(_folder, "elsewhere/rows.jsonl"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "here/docs"), Path.Combine(_folder, "elsewhere/docs"));

        (await FindAsync(Path.Combine(_folder, "here"))).Select(s => s.Path).ShouldBe(["notes"]);
    }

    [Fact]
    public async Task An_empty_folder_gives_nothing() => (await FindAsync(_folder)).ShouldBeEmpty();

    [Fact]
    public async Task What_a_sync_does_not_take_is_not_counted()
    {
        Touch("docs/a.md", "docs/drafts/b.md", "docs/.hidden/c.md", "docs/~$d.md", "docs/e.MDX", "README.md");
        await File.WriteAllTextAsync(Path.Combine(_folder, "docs/.gitignore"), "drafts/\n", TestContext.Current.CancellationToken);

        (await FindAsync(_folder)).ShouldBe([new("docs", SourceType.Directory, 2)]);
    }

    [Fact]
    public async Task Of_the_folder_itself_all_is_counted_that_its_sync_takes()
    {
        Touch("README.md", "node_modules/x/README.md", "dist/a.txt", "dist/ignored/a.md");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".gitignore"), "ignored/\n", TestContext.Current.CancellationToken);

        (await FindAsync(_folder)).ShouldBe([new(".", SourceType.Directory, 3)]);
    }

    [Fact]
    public async Task What_no_settings_can_name_is_left_out_and_said()
    {
        Touch("docs/a.md", "new\nline/b.md", "odd\trows.jsonl");

        var found = await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken);

        found.Sources.ShouldBe([new("docs", SourceType.Directory, 1)]);
        found.Unusable.ShouldBe(["new\nline", "odd\trows.jsonl"]);
    }

    [Fact]
    public async Task A_folder_whose_name_is_no_UTF8_does_not_end_the_look()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere there are no such names");
        Touch("notes/a.md");
        await BashAsync("mkdir \"$0\"/$'bad\\xff' && touch \"$0\"/$'bad\\xff'/b.md");

        var found = await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken);

        await BashAsync("rm -r \"$0\"/$'bad\\xff'"); // the runtime cannot name it
        found.Sources.ShouldBe([new("notes", SourceType.Directory, 1)]);
        found.Unusable.ShouldHaveSingleItem().ShouldStartWith("bad");
    }

    [Fact]
    public async Task Documents_without_text_are_counted()
    {
        Touch("docs/a.md", "docs/b.md");
        await File.WriteAllTextAsync(Path.Combine(_folder, "docs/empty.md"), " \n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "docs/title.md"), "---\ntitle: harbour\n---\n", TestContext.Current.CancellationToken);

        var found = await FolderSurvey.OfAsync(_folder, TestContext.Current.CancellationToken);

        (found.Sources.Single().Files, found.WithoutText).ShouldBe((4, 2));
    }

    private async Task BashAsync(string script)
    {
        using var bash = System.Diagnostics.Process.Start("bash", ["-c", script, _folder]);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        bash.ExitCode.ShouldBe(0);
    }

    private static async Task<IReadOnlyList<FoundSource>> FindAsync(string folder) =>
        (await FolderSurvey.OfAsync(folder, TestContext.Current.CancellationToken)).Sources;

    private void Touch(params string[] paths)
    {
        foreach (var path in paths)
        {
            var full = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "text");
        }
    }
}
