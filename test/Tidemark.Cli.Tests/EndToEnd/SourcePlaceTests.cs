using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Folders of one name are one source: another place is said, and does not replace few documents silently.</summary>
public sealed class SourcePlaceTests
{
    [Fact]
    public async Task Another_folder_of_the_same_name_is_said_and_its_deletions_are_held_back()
    {
        using var work = new Workspace();
        await AnotherFolderAsync(work);
    }

    [Fact]
    public async Task Records_do_not_take_a_folder_s_documents_over_by_its_name()
    {
        using var work = new Workspace().Write("docs/a.md", "alpha").Write("x.jsonl", """{"id":"docs/a.md","text":"taken over"}""" + "\n");
        await work.SyncAsync("docs");

        (await work.RunAsync("sync", "x.jsonl", "--source-name", "docs", "--json")).ShouldFail(2, ErrorCodes.Usage);
        (await work.ExportAsync()).ShouldContain("alpha");

        (await work.RunAsync("sync", "x.jsonl", "--source-name", "others", "--json")).ShouldExit(3);
        File.Delete(work.PathOf("docs/a.md"));
        (await work.RunAsync("sync", "docs", "--allow-delete")).ShouldExit(0);
        (await work.RunAsync("sync", "x.jsonl", "--source-name", "docs", "--json")).ShouldExit(0); // nothing of the folder is left
    }

    [Fact]
    public async Task A_source_that_was_taken_out_of_the_settings_is_told()
    {
        using var work = new Workspace().Write("docs/a.md", "alpha").Write("notes/b.md", "beta").Write("tidemark.json", """{ "sources": ["docs", "notes"] }""");
        await work.SyncAsync();
        (await work.RunAsync("status")).ShouldExit(0).Output.ShouldNotContain("do not name");

        work.Write("tidemark.json", """{ "sources": ["docs"] }""");
        await work.SyncAsync();

        (await work.RunAsync("status")).ShouldExit(0).Output.ShouldSatisfyAllConditions(
            told => told.ShouldContain($"notes from {work.PathOf("notes")}, which the settings do not name"),
            told => told.ShouldNotContain($"docs from {work.PathOf("docs")},"));
    }

    [Fact]
    public async Task So_it_is_in_postgres()
    {
        await using var work = new ServerWorkspace();
        await AnotherFolderAsync(work.Files);
    }

    [Fact]
    public async Task A_checkout_in_a_folder_of_its_own_for_each_call_goes_on()
    {
        using var work = new Workspace();
        Write(work, "one/docs", "alpha", "beta", "gamma");
        var store = $"sqlite:{work.PathOf("index/store.db")}";
        (await SyncAsync(work, "one/docs", store)).ShouldExit(0);
        Directory.Move(work.PathOf("one"), work.PathOf("two"));
        File.Delete(work.PathOf("two/docs/gamma.md"));

        var moved = (await SyncAsync(work, "two/docs", store)).ShouldExit(0);

        ((string?)moved.Json["warnings"]![0]!["code"]).ShouldBe("source.moved");
        ((int)moved.Json["documents"]!["deleted"]!).ShouldBe(1);
        (await SyncAsync(work, "two/docs", store)).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_to_the_newest_release_and_a_folder_that_is_moved_with_its_store_are_the_same_place()
    {
        using var work = new Workspace();
        Write(work, "v1/docs", "alpha", "beta");
        Write(work, "v2/docs", "alpha");
        Directory.CreateSymbolicLink(work.PathOf("current"), work.PathOf("v1"));
        var store = $"sqlite:{work.PathOf("index/store.db")}";
        (await SyncAsync(work, "current/docs", store)).ShouldExit(0);
        Directory.Delete(work.PathOf("current"));
        Directory.CreateSymbolicLink(work.PathOf("current"), work.PathOf("v2"));

        var next = (await SyncAsync(work, "current/docs", store)).ShouldExit(0);

        next.Json["warnings"]!.AsArray().ShouldBeEmpty();
        ((int)next.Json["documents"]!["deleted"]!).ShouldBe(1);
        Write(work, "project/docs", "alpha");
        (await SyncAsync(work, "project/docs", $"sqlite:{work.PathOf("project/store.db")}")).ShouldExit(0);
        Directory.Move(work.PathOf("project"), work.PathOf("renamed"));
        (await SyncAsync(work, "renamed/docs", $"sqlite:{work.PathOf("renamed/store.db")}"))
            .ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_a_source_under_another_name_is_that_source()
    {
        using var work = new Workspace();
        Write(work, "lib2", "alpha");
        Write(work, "other", "beta");
        (await work.RunAsync("sync", "lib2", "--source-name", "lib", "--json")).ShouldExit(0);
        (await work.RunAsync("sync", "other", "--json")).ShouldExit(0);
        work.Write("lib2/new.md", "new");

        (await work.RunAsync("sync", "lib2", "--json")).ShouldExit(0);

        (await work.RunAsync("list", "--json")).ShouldExit(0).Output.ShouldContain("lib/new.md");
        (await work.RunAsync("list", "--json")).ShouldExit(0).Output.ShouldNotContain("lib2/");
    }

    [Fact]
    public async Task Another_folder_of_the_same_names_replaces_nothing_whichever_command_compares()
    {
        using var work = new Workspace();
        await SameNamesAsync(work);
    }

    [Fact]
    public async Task So_it_is_in_postgres_too()
    {
        await using var work = new ServerWorkspace();
        await SameNamesAsync(work.Files);
    }

    [Fact]
    public async Task Another_folder_that_differs_in_little_is_taken_and_said_by_every_command()
    {
        using var work = new Workspace();
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"page{i}")];
        Write(work, "a/docs", names);
        Write(work, "b/docs", names);
        work.Write("b/docs/page0.md", "# page0\n\nEdited.");
        var store = $"sqlite:{work.PathOf("index/store.db")}";
        (await SyncAsync(work, "a/docs", store)).ShouldExit(0);

        var verified = (await RunAsync(work, "b/docs", store, "verify")).ShouldExit(4);
        var planned = (await RunAsync(work, "b/docs", store, "plan")).ShouldExit(0);
        var repaired = (await RunAsync(work, "b/docs", store, "verify", "--repair")).ShouldExit(0);

        foreach (var report in new[] { verified, planned, repaired })
        {
            ((string?)report.Json["warnings"]![0]!["code"]).ShouldBe("source.moved");
        }

        ((int)repaired.Json["synced"]!["updated"]!).ShouldBe(1);
        (await SyncAsync(work, "b/docs", store)).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("docs")]
    [InlineData("docs/../docs")]
    [InlineData("../work/docs/")]
    public async Task What_lies_in_a_source_is_that_part_of_it_wherever_it_is_named_from(string registered)
    {
        using var work = new Workspace();
        work.Write("top/work/docs/a.md", "about a").Write("top/work/docs/guide/g.md", "about g").Write("top/work/docs/docs/d.md", "about d");
        Directory.CreateSymbolicLink(work.PathOf("linked"), work.PathOf("top/work/docs/guide"));
        string[] store = ["--store", $"sqlite:{work.PathOf("index/store.db")}"];
        (await In("top/work", ["sync", registered, .. store])).ShouldExit(0);
        var before = (await work.RunAsync(["export", .. store])).ShouldExit(0).Output;

        foreach (var (folder, named) in new[]
        {
            ("top/work/docs", "."), ("top/work/docs", "guide"), ("top/work/docs", "docs"), ("top/work/docs/guide", "."), ("top/work/docs/guide", ".."),
            (".", "linked"), ("top/work/docs/guide", "../../docs/guide"),
        })
        {
            var synced = (await In(folder, ["sync", named, "--json", .. store])).ShouldExit(0);
            synced.Json["warnings"]!.AsArray().ShouldBeEmpty();
            ((int)synced.Json["documents"]!["seen"]!).ShouldBe((int)synced.Json["documents"]!["skipped"]!, $"{named} in {folder}");
            (await In(folder, ["verify", named, .. store])).ShouldExit(0);
        }

        (await work.RunAsync(["export", .. store])).ShouldExit(0).Output.ShouldBe(before);
        work.Write("top/work/docs/guide/g.md", "edited").Delete("top/work/docs/a.md");
        var part = (await In("top/work/docs", ["sync", "guide", "--json", .. store])).ShouldExit(0);
        ((int)part.Json["documents"]!["updated"]!, (int)part.Json["documents"]!["deleted"]!).ShouldBe((1, 0));

        Task<ProcessResult> In(string folder, string[] arguments) =>
            work.RunInAsync(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);
    }

    [Theory]
    [InlineData("docs", "guide", true)]
    [InlineData(".", "docs/guide", false)]
    public async Task A_folder_that_holds_another_source_says_so_and_how_they_are_kept_apart(string from, string part, bool doubles)
    {
        using var work = new Workspace();
        work.Write("docs/guide/g.md", "about g").Write("docs/a.md", "about a");
        string[] store = ["--store", $"sqlite:{work.PathOf("index/store.db")}"];
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        (await work.RunInAsync(from, none, ["sync", part, .. store])).ShouldExit(0);

        var planned = await work.RunAsync(["plan", "docs", "--json", .. store]);
        var synced = (await work.RunAsync(["sync", "docs", "--json", .. store])).ShouldExit(doubles ? 0 : 3);

        foreach (var report in new[] { planned, synced })
        {
            var warning = report.Json["warnings"]!.AsArray().Single(warning => (string?)warning!["code"] == "source.overlap")!;
            ((string)warning["message"]!).ShouldContain($"'{part}'");
            ((string)warning["remedy"]!).ShouldContain("--exclude '/guide/'");
        }

        // The remedy, followed: nothing is lost.
        (await work.RunAsync(["sync", "docs", "--exclude", "/guide/", "--json", .. store])).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
        (await work.RunAsync(["list", "--json", .. store])).Json.AsArray().Select(document => (string)document!["document"]!)
            .ShouldBe(["docs/a.md", $"{part}/g.md"]);
    }

    [Fact]
    public async Task A_store_that_is_made_below_another_says_so_once_and_the_remedy_goes_to_the_other()
    {
        using var work = new Workspace();
        work.Write("docs/guide/g.md", "about g").Write("docs/a.md", "about a");
        await work.SyncAsync("docs");
        var none = new Dictionary<string, string>(StringComparer.Ordinal);

        var planned = (await work.RunInAsync("docs", none, ["plan", "guide", "--json"])).ShouldExit(0);
        var synced = (await work.RunInAsync("docs", none, ["sync", "guide", "--json"])).ShouldExit(0);

        foreach (var report in new[] { planned, synced })
        {
            var warning = report.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!;
            ((string?)warning["code"]).ShouldBe("store.above");
            ((string?)warning["remedy"])!.ShouldContain("tidemark sync 'docs'");
        }

        (await work.RunInAsync("docs", none, ["sync", "guide", "--json"])).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
        (await work.RunInAsync("docs/guide", none, ["sync", ".", "--store", "sqlite:own.db", "--json"])).ShouldExit(0)
            .Json["warnings"]!.AsArray().ShouldBeEmpty("it was named");
    }

    [Theory]
    [InlineData("docs/sub")]
    [InlineData("docs/alike")]
    public async Task A_part_of_another_folder_of_the_same_name_adds_nothing(string part)
    {
        using var work = new Workspace();
        Write(work, "one/docs", "alpha", "beta", "gamma");
        Write(work, "one/docs/alike", "delta");
        Write(work, "two/docs/alike", "delta", "epsilon");
        Write(work, "two/docs/sub", "zeta");
        string[] flags = ["--json", "--store", $"sqlite:{work.PathOf("index/store.db")}"];
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        (await work.RunInAsync("one", none, ["sync", "docs", .. flags])).ShouldExit(0);
        var before = (await work.RunAsync(["export", .. flags[1..]])).ShouldExit(0).Output;

        var planned = (await work.RunInAsync("two", none, ["plan", part, .. flags])).ShouldExit(5);
        var synced = (await work.RunInAsync("two", none, ["sync", part, .. flags])).ShouldExit(5);

        foreach (var report in new[] { planned, synced })
        {
            ((string?)report.Json["guard"]!["movedFrom"]).ShouldBe(work.PathOf("one/docs"));
            ((int)report.Json["documents"]!["added"]!).ShouldBe(0);
        }

        (await work.RunAsync(["export", .. flags[1..]])).ShouldExit(0).Output.ShouldBe(before);
        Write(work, "two/docs", "alpha", "beta", "gamma");
        (await work.RunInAsync("two", none, ["sync", part, .. flags])).ShouldExit(0); // a checkout of nearly the same
    }

    private static async Task SameNamesAsync(Workspace work)
    {
        Write(work, "a/docs", "alpha", "beta", "gamma");
        foreach (var name in new[] { "alpha", "beta", "gamma" })
        {
            work.Write($"b/docs/{name}.md", $"# {name}\n\nSomething else.");
        }

        var store = work.Environment.TryGetValue("TIDEMARK__STORE", out var server) ? server : $"sqlite:{work.PathOf("index/store.db")}";
        (await SyncAsync(work, "a/docs", store)).ShouldExit(0);
        var before = (await work.RunAsync("export", "--store", store)).ShouldExit(0).Output;

        var verified = (await RunAsync(work, "b/docs", store, "verify")).ShouldExit(4);
        var repaired = (await RunAsync(work, "b/docs", store, "verify", "--repair")).ShouldExit(4);
        var planned = (await RunAsync(work, "b/docs", store, "plan")).ShouldExit(5);
        var synced = (await RunAsync(work, "b/docs", store, "sync")).ShouldExit(5);

        foreach (var report in new[] { verified, repaired, planned, synced })
        {
            ((string?)report.Json["warnings"]![0]!["code"]).ShouldBe("source.moved");
        }

        repaired.Json["synced"].ShouldBeNull();
        (await work.RunAsync("verify", "b/docs", "--source-name", "docs", "--repair", "--store", store)).Output.ShouldNotContain("synced with the source");
        var place = (await work.RunAsync("status", "--json", "--store", store)).ShouldExit(0).Json["sources"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)place["name"], (string?)place["place"]).ShouldBe(("docs", work.PathOf("a/docs")));
        (await work.RunAsync("status", "--store", store)).Output.ShouldContain($"docs from {work.PathOf("a/docs")}");
        ((string?)synced.Json["guard"]!["movedFrom"]).ShouldBe(work.PathOf("a/docs"));
        ((int)verified.Json["sourceChanged"]!).ShouldBe(3);
        ((int)synced.Json["guard"]!["held"]!).ShouldBe(3);
        ((int)planned.Json["guard"]!["held"]!).ShouldBe(3);
        var told = await work.RunAsync("verify", "b/docs", "--source-name", "docs", "--repair", "--store", store);
        told.ShouldExit(4).Output.ShouldContain("nothing of it was replaced");
        told.Errors.ShouldContain("[source.moved]");
        (await work.RunAsync("export", "--store", store)).ShouldExit(0).Output.ShouldBe(before);

        // The advice that comes first, followed: both are there.
        (await work.RunAsync("sync", "b/docs", "--source-name", "others", "--store", store)).ShouldExit(0);
        (await work.RunAsync("export", "--store", store)).ShouldExit(0).Output.ShouldStartWith(before);
        (await RunAsync(work, "a/docs", store, "verify")).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
        ((int)(await SyncAsync(work, "b/docs", store, "--allow-delete")).ShouldExit(0).Json["documents"]!["updated"]!).ShouldBe(3);
    }

    private static async Task AnotherFolderAsync(Workspace work)
    {
        Write(work, "a/docs", "alpha", "beta", "gamma");
        Write(work, "b/docs", "delta");
        var store = work.Environment.TryGetValue("TIDEMARK__STORE", out var server) ? server : $"sqlite:{work.PathOf("index/store.db")}";
        (await SyncAsync(work, "a/docs", store)).ShouldExit(0);

        var held = (await SyncAsync(work, "b/docs", store)).ShouldExit(5);

        ((int)held.Json["guard"]!["held"]!).ShouldBe(3);
        var warning = held.Json["warnings"]![0]!;
        ((string?)warning["code"]).ShouldBe("source.moved");
        ((string)warning["message"]!).ShouldContain(work.PathOf("a/docs"));
        ((string)warning["message"]!).ShouldContain(work.PathOf("b/docs"));
        (await SyncAsync(work, "b/docs", store)).ShouldExit(5); // asking again changes nothing
        var meant = (await SyncAsync(work, "b/docs", store, "--allow-delete")).ShouldExit(0);
        ((int)meant.Json["documents"]!["deleted"]!).ShouldBe(3);
        (await SyncAsync(work, "b/docs", store)).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>As a call in the folder above would name it.</summary>
    private static Task<ProcessResult> SyncAsync(Workspace work, string folder, string store, params string[] flags) =>
        RunAsync(work, folder, store, "sync", flags);

    private static Task<ProcessResult> RunAsync(Workspace work, string folder, string store, string command, params string[] flags) =>
        work.RunAsync([command, folder, "--source-name", "docs", "--store", store, "--json", .. flags]);

    private static void Write(Workspace work, string folder, params string[] names)
    {
        foreach (var name in names)
        {
            work.Write($"{folder}/{name}.md", $"# {name}\n\nAll about {name}.");
        }
    }
}
