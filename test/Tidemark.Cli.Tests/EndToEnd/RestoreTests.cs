using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What was deleted and is brought back.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_deleted_file_comes_back_and_stays_although_its_folder_does_not_have_it()
    {
        _work.Write("docs/a.md", "# A\n\nThe lighthouse keeper.\n\n## More\n\nThe lamp of the lighthouse.\n");
        _work.Write("docs/b.md", "# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        var exported = (await _work.RunAsync("export", "--vectors")).ShouldExit(0).Output;
        _work.Delete("docs/a.md");
        await _work.SyncAsync("docs");

        var archived = (await _work.RunAsync("archive", "list", "--json")).ShouldExit(0).Json.AsArray().Single()!;
        ((string)archived["document"]!, (string)archived["ended"]!).ShouldBe(("docs/a.md", "removed"));
        DateTimeOffset.Parse((string)archived["recoverableUntil"]!, null).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(29));
        (await _work.RunAsync("archive", "list")).ShouldExit(0).Output.ShouldContain("docs/a.md");
        (await _work.RunAsync("restore", "docs/a.md", "--dry-run", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);
        (await _work.RunAsync("search", "lighthouse", "--mode", "keyword", "--json")).ShouldExit(0).Json["hits"]!.AsArray().ShouldBeEmpty();

        var restored = (await _work.RunAsync("restore", "docs/a.md", "--json")).ShouldExit(0).Json;

        (restored["documents"]!.GetValue<long>(), restored["embeddingCalls"]!.GetValue<long>()).ShouldBe((1, 0));
        (await _work.RunAsync("export", "--vectors")).ShouldExit(0).Output.ShouldBe(exported);
        (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["documents"]!["deleted"]!.GetValue<long>().ShouldBe(0);
        (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(0);
        (await _work.RunAsync("restore", "docs/a.md", "--json")).ShouldFail(2, ErrorCodes.ArchiveMissing);
        (await _work.RunAsync("restore", "docs/nothing.md", "--json")).ShouldFail(2, ErrorCodes.ArchiveMissing);
        _work.Write("docs/a.md", "# A\n\nA new beginning.\n");
        await _work.SyncAsync("docs");
        _work.Delete("docs/a.md");
        (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["documents"]!["deleted"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task A_run_is_undone()
    {
        for (var i = 0; i < 30; i++)
        {
            _work.Write($"docs/{i:00}.md", $"Text number {i} of the collection.\n");
        }

        await _work.SyncAsync("docs");
        var exported = (await _work.RunAsync("export", "--vectors")).ShouldExit(0).Output;
        for (var i = 0; i < 25; i++)
        {
            _work.Delete($"docs/{i:00}.md");
        }

        (await _work.RunAsync("sync", "docs", "--allow-delete", "--json")).ShouldExit(0);

        (await _work.RunAsync("restore", "--run", "2")).ShouldExit(0).Output.ShouldContain("brought back 25 documents");

        (await _work.RunAsync("export", "--vectors")).ShouldExit(0).Output.ShouldBe(exported);
        (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray()[0]!["command"]!.GetValue<string>().ShouldBe("restore");
        (await _work.RunAsync("restore", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("restore", "docs/00.md", "--run", "2", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("restore", "--run", "1", "--as-of", "1", "--json")).ShouldFail(2, ErrorCodes.Usage);
    }
}
