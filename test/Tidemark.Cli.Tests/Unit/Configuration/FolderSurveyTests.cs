using Shouldly;
using Tidemark.Cli.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class FolderSurveyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_usual_folders_win_over_others_with_documents()
    {
        Touch("docs/a.md", "docs/deep/b.txt", "docs/c.png", "src/README.md", "node_modules/x/README.md", "rows.jsonl");

        FolderSurvey.Of(_folder).ShouldBe(
            [new("docs", SourceType.Directory, 2), new("rows.jsonl", SourceType.JsonLines, 1)]);
    }

    [Fact]
    public void Without_a_usual_one_every_folder_with_documents_is_found()
    {
        Touch("b/a.html", "a/x.rst", "empty/x.bin", ".hidden/a.md");

        FolderSurvey.Of(_folder).Select(s => s.Path).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Documents_of_the_folder_itself_are_found_when_there_is_nothing_else()
    {
        Touch("README.md");

        FolderSurvey.Of(_folder).ShouldBe([new(".", SourceType.Directory, 1)]);
    }

    [Fact]
    public void A_link_is_not_found_wherever_it_leads()
    {
        Touch("elsewhere/docs/private.md", "elsewhere/rows.jsonl", "here/notes/a.md");
        File.CreateSymbolicLink(Path.Combine(_folder, "here/rows.jsonl"), Path.Combine(_folder, "elsewhere/rows.jsonl"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "here/docs"), Path.Combine(_folder, "elsewhere/docs"));

        FolderSurvey.Of(Path.Combine(_folder, "here")).Select(s => s.Path).ShouldBe(["notes"]);
    }

    [Fact]
    public void An_empty_folder_gives_nothing() => FolderSurvey.Of(_folder).ShouldBeEmpty();

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
