using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Words in their other forms, through the executable.</summary>
public sealed class StemmingTests
{
    [Fact]
    public async Task In_a_file_it_is_migrated_to_and_goes_into_copies()
    {
        using var work = new Workspace();
        await LivesAsync(work);
    }

    [Fact]
    public async Task On_a_server_it_is_migrated_to_and_goes_into_copies()
    {
        await using var server = new ServerWorkspace();
        await LivesAsync(server.Files);
    }

    [Fact]
    public async Task A_language_that_is_not_known_is_refused_with_those_that_are()
    {
        using var work = new Workspace();
        work.Write("tidemark.json", """{ "search": { "stemming": "klingon" } }""").Write("docs/a.md", "x");

        var error = (await work.RunAsync("sync", "docs", "--json")).ShouldExit(2).Json["error"]!;

        ((string)error["message"]!).ShouldContain("klingon");
        ((string)error["remedy"]!).ShouldContain("english");
    }

    private static async Task LivesAsync(Workspace work)
    {
        work.Write("docs/one.md", "A boat is moored.");
        work.Write("docs/many.md", "Boats are mooring.");
        await work.SyncAsync("docs");
        (await FoundAsync(work, "boats")).ShouldBe(["docs/many.md"]);

        var start = (await work.RunAsync("migrate", "start", "--stemming", "english", "--json")).ShouldExit(0).Json;
        ((int)start["build"]!["embedding"]!["inputs"]!).ShouldBe(0);
        ((string)start["building"]!["stemming"]!).ShouldBe("english");
        (await FoundAsync(work, "boats")).ShouldBe(["docs/many.md"], "nothing is promoted yet");
        (await work.RunAsync("migrate", "promote", "--json")).ShouldExit(0);

        (await FoundAsync(work, "boats")).ShouldBe(["docs/many.md", "docs/one.md"]);
        (await FoundAsync(work, "moor")).ShouldBe(["docs/many.md", "docs/one.md"], ignoreOrder: true);
        work.Write("docs/one.md", "A barge is moored.");
        (await work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 1);
        (await FoundAsync(work, "boat")).ShouldBe(["docs/many.md"]);
        (await FoundAsync(work, "barges")).ShouldBe(["docs/one.md"]);
        (await work.RunAsync("status", "--json")).ShouldExit(0).Json["generation"]!["stemming"]!.ToString().ShouldBe("english");
        await work.VerifyCleanAsync("docs");

        (await work.RunAsync("migrate", "finish", "--json")).ShouldExit(0);
        (await work.RunAsync("store", "copy", "--to", "sqlite:copy.db", "--json")).ShouldExit(0);
        (await FoundAsync(work, "barges", "--store", "sqlite:copy.db")).ShouldBe(["docs/one.md"]);
        (await work.RunAsync("verify", "--store", "sqlite:copy.db", "--json")).ShouldExit(0);
        (await work.RunAsync("verify", "--repair", "--json")).ShouldExit(0);
        (await FoundAsync(work, "mooring")).ShouldBe(["docs/many.md", "docs/one.md"]);
    }

    private static async Task<string[]> FoundAsync(Workspace work, string query, params string[] more)
    {
        var found = (await work.RunAsync(["search", query, "--mode", "keyword", "--json", .. more])).ShouldExit(0).Json;
        return [.. found["hits"]!.AsArray().Select(hit => (string)hit!["document"]!)];
    }
}
