using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Another model or chunker without a gap, through the executable.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly Workspace _work = new();

    public MigrationTests() => _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2));

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("--chunker", "recursive")]
    [InlineData("--chunk-size", "400")]
    [InlineData("--embedder", "hashing:128")]
    [InlineData("--stemming", "english")]
    public async Task What_is_promoted_is_what_a_fresh_build_gives(string flag, string value)
    {
        await _work.SyncAsync("docs");
        (await MigrateAsync("start", flag, value)).Json["building"]!["behind"]!.GetValue<int>().ShouldBe(0);
        _work.Write("docs/a.md", Prose.Markdown(3)).Write("docs/c.md", Prose.Markdown(4));
        var follower = (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["follower"]!;
        ((int)follower["documents"]!, (int)follower["behind"]!).ShouldBe((2, 0));

        var done = (await MigrateAsync("promote")).Json;

        ((int)done["generation"]!, (int)done["previous"]!).ShouldBe((2, 1));
        await _work.ShouldEqualFreshBuildAsync("docs", flag, value);
        await _work.VerifyCleanAsync("docs");
        _work.Delete("docs/b.md");
        await _work.SyncAsync("docs", "--allow-delete");
        (await MigrateAsync("rollback")).Json["generation"]!.GetValue<int>().ShouldBe(1);
        await _work.ShouldEqualFreshBuildAsync("docs");
        (await MigrateAsync("promote")).Json["generation"]!.GetValue<int>().ShouldBe(2);
        (await MigrateAsync("finish")).Json["previous"].ShouldBeNull();
        await _work.ShouldEqualFreshBuildAsync("docs", flag, value);
        (await _work.RunAsync("migrate", "rollback", "--json")).ShouldExit(2).Json["error"]!["code"]!.GetValue<string>().ShouldBe("migration.missing");
    }

    [Fact]
    public async Task A_price_is_said_and_nothing_is_begun()
    {
        await _work.SyncAsync("docs");
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        var price = (await MigrateAsync("start", "--embedder", "hashing:128", "--dry-run")).Json;

        price["building"].ShouldBeNull();
        price["build"]!["price"]!["tokens"]!.GetValue<long>().ShouldBeGreaterThan(0);
        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task Killed_while_it_builds_it_goes_on_where_it_stopped()
    {
        for (var i = 0; i < 400; i++)
        {
            _work.Write($"docs/{i:000}.md", Prose.Markdown(i));
        }

        await _work.SyncAsync("docs");
        for (var kill = 0; kill < 3; kill++)
        {
            using var building = _work.Start("migrate", "start", "--embedder", "hashing:512");
            await Awaiting.FactAsync("documents were built", async () => building.HasExited || await StagedAsync() > kill * 50);
            building.Kill();
        }

        (await MigrateAsync("start", "--embedder", "hashing:512")).Json["building"]!["behind"]!.GetValue<int>().ShouldBe(0);
        await MigrateAsync("promote");
        await _work.ShouldEqualFreshBuildAsync("docs", "--embedder", "hashing:512");
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_forgotten_document_is_forgotten_in_what_follows_too()
    {
        _work.Write("docs/secret.md", "The treasure of Sir Galahad lies under the third lighthouse.");
        await _work.SyncAsync("docs");
        await MigrateAsync("start", "--embedder", "hashing:128");
        await MigrateAsync("promote");

        (await _work.RunAsync("forget", "docs/secret.md", "--json")).ShouldExit(0);

        await MigrateAsync("rollback");
        (await _work.RunAsync("search", "Galahad", "--mode", "keyword", "--json")).ShouldExit(0).Output.ShouldNotContain("Galahad lies");
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task What_must_be_found_and_is_found_is_promoted()
    {
        _work.Write("docs/crane.md", "The crane lifts twelve tonnes. Only staff with the orange card may use it.");
        await _work.SyncAsync("docs");
        (await _work.RunAsync("golden", "record", "who may use the crane", "--expect", "docs/crane.md", "--must", "--json")).ShouldExit(0);
        await MigrateAsync("start", "--embedder", "hashing:128");
        (await MigrateAsync("validate")).Json["outcome"]!.GetValue<string>().ShouldBe("pass");
        (await _work.RunAsync("golden", "record", "who may use the crane", "--expect", "docs/gone.md", "--must", "--json")).ShouldExit(0);
        (await MigrateAsync("validate")).Json["outcome"]!.GetValue<string>().ShouldBe("pass", "it is not found today either, so it is not lost");

        (await MigrateAsync("promote")).Json["generation"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Settings_that_name_the_former_model_are_refused_with_both_ways_out()
    {
        await _work.SyncAsync("docs", "--embedder", "hashing:64");
        await MigrateAsync("start", "--embedder", "hashing:128");
        Remedy(await _work.RunAsync("sync", "docs", "--embedder", "hashing:128", "--json")).ShouldContain("until 'tidemark migrate promote");
        await MigrateAsync("promote");

        Remedy(await _work.RunAsync("sync", "docs", "--embedder", "hashing:64", "--json")).ShouldContain("migrate rollback");

        static string Remedy(ProcessResult result) => (string)result.ShouldExit(2).Json["error"]!["remedy"]!;
    }

    private async Task<ProcessResult> MigrateAsync(params string[] arguments) =>
        (await _work.RunAsync(["migrate", .. arguments, "--json"])).ShouldExit(0);

    private async Task<int> StagedAsync()
    {
        var status = await _work.RunAsync("migrate", "status", "--json");
        return status.ExitCode == 0 && status.Json["building"] is { } building ? (int)building["documents"]! : 0;
    }
}
