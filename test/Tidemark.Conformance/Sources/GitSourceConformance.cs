using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>A tree of git as a source.</summary>
public abstract class GitSourceConformance : SourceConformance
{
    [Fact]
    public async Task A_folder_that_becomes_a_tree_costs_no_embedding_and_changes_no_document()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-git-move-").FullName;
        try
        {
            await using var world = await MakeAsync();
            foreach (var (id, text) in Numbered(1, 30))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.txt"), text, CancellationToken.None);
            }

            await Bench.SyncAsync(new DirectorySource(new DirectoryOptions { Name = "docs", Path = folder }));
            var before = await Bench.ExportAsync();
            await world.PutAsync(Numbered(1, 30));

            var report = await Bench.SyncAsync(world.Source());

            (report.Documents.Skipped, report.Documents.Deleted, report.Embedding.Inputs).ShouldBe((30, 0, 0));
            report.Warnings.ShouldContain(warning => warning.Code == ErrorCodes.SourceMoved);
            (await Bench.ExportAsync()).ShouldBe(before);
            (await Bench.SyncAsync(world.Source())).Warnings.ShouldBeEmpty("it lies there now");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    protected override ValueTask<SourceWorld> MakeAsync()
    {
        Assert.SkipUnless(GitWorld.IsInstalled, "git is not installed");
        return ValueTask.FromResult<SourceWorld>(new GitWorld());
    }
}
