using ModelContextProtocol.Client;
using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Mcp;

/// <summary>An agent's server runs for days; what becomes of the index meanwhile is told, and it goes on.</summary>
public sealed class McpIndexTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "2026-07-28")]
    [InlineData("2025-11-25", "2025-11-25")]
    public async Task Both_versions_of_the_specification_are_spoken(string? asked, string spoken)
    {
        using var work = new Workspace().Write("docs/a.md", "A harbour.");
        await work.SyncAsync("docs");
        await using var session = await McpSession.StartAsync(work, asked);

        session.Client.NegotiatedProtocolVersion.ShouldBe(spoken);
        session.Client.ServerInfo.ShouldNotBeNull().Name.ShouldBe("tidemark");
        var tools = await session.Client.ListToolsAsync(cancellationToken: Token);
        tools.Select(tool => tool.Name).ShouldBe(["search", "fetch", "freshness", "why"]);
        tools.ShouldAllBe(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true && tool.ProtocolTool.Annotations.OpenWorldHint == false);
        (await session.FindAsync("harbour")).ShouldBe(["docs/a.md"]);
    }

    [Fact]
    public async Task An_index_that_comes_changes_and_is_replaced_is_followed()
    {
        using var work = new Workspace().Write("docs/a.md", "A harbour.");
        await using var session = await McpSession.StartAsync(work);

        (await session.FailAsync("search", ("query", "harbour"))).ShouldBe("store.missing");
        (await session.FailAsync("freshness")).ShouldBe("store.missing");
        await work.SyncAsync("docs");
        (await session.FindAsync("harbour")).ShouldBe(["docs/a.md"]);

        work.Write("docs/b.md", "A lighthouse.").Write("docs/a.md", "A ferry.");
        await work.SyncAsync("docs");
        (await session.FindAsync("lighthouse", "keyword")).ShouldBe(["docs/b.md"]);
        (await session.FindAsync("harbour", "keyword")).ShouldBeEmpty();
        (await session.AskAsync("fetch", ("id", "docs/a.md"))).GetProperty("text").GetString().ShouldBe("A ferry.");

        Directory.Delete(work.PathOf(".tidemark"), recursive: true);
        (await session.FailAsync("search", ("query", "ferry"))).ShouldBe("store.missing");
        work.Delete("docs/b.md").Write("docs/c.md", "A crane.");
        await work.SyncAsync("docs");
        (await session.FindAsync("crane", "keyword")).ShouldBe(["docs/c.md"]);
        (await session.FindAsync("lighthouse", "keyword")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_takes_the_stores_place_is_what_is_asked_then()
    {
        using var work = new Workspace().Write("docs/a.md", "A harbour.").Write("other/b.md", "A crane.");
        await work.SyncAsync("docs");
        await work.SyncAsync("other", "--store", "sqlite:next.db");
        await using var session = await McpSession.StartAsync(work);
        (await session.FindAsync("harbour", "keyword")).ShouldBe(["docs/a.md"]);

        File.Move(work.PathOf("next.db"), work.PathOf(Workspace.Database), overwrite: true);

        (await session.FindAsync("crane", "keyword")).ShouldBe(["other/b.md"]);
    }

    [Fact]
    public async Task A_store_of_a_newer_format_is_told_and_used_again_when_it_is_one_of_ours()
    {
        using var work = new Workspace().Write("docs/a.md", "A harbour.");
        await work.SyncAsync("docs");
        var format = StoreFile.Scalar(work.PathOf(Workspace.Database), "PRAGMA user_version");
        StoreFile.Execute(work.PathOf(Workspace.Database), "PRAGMA user_version = 9999");
        await using var session = await McpSession.StartAsync(work);

        (await session.FailAsync("search", ("query", "harbour"))).ShouldBe("store.newer");

        StoreFile.Execute(work.PathOf(Workspace.Database), $"PRAGMA user_version = {format}");
        (await session.FindAsync("harbour", "keyword")).ShouldBe(["docs/a.md"]);
    }

    [Fact]
    public async Task While_a_sync_holds_the_index_it_answers_from_what_is_committed()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(20, i => $"harbour {i}").SyncAsync();
        provider.Lines(40, i => $"lighthouse {i}");
        var told = new TaskCompletionSource();
        provider.Host.Reply = _ => new ProviderReply.Late(told.Task, ProviderReply.Error(503));
        var asked = provider.Host.Requests.Count;
        using var sync = provider.Work.Start("sync", "lines.jsonl", "--json");
        await Awaiting.FactAsync("the sync waits for its provider", () => provider.Host.Requests.Count > asked);

        await using var session = await McpSession.StartAsync(provider.Work);
        var found = await session.FindAsync("harbour", "keyword");

        found.ShouldNotBeEmpty();
        sync.HasExited.ShouldBeFalse();
        sync.Kill();
        told.SetResult();
    }

    [Fact]
    public async Task Many_questions_at_once_are_all_answered()
    {
        using var work = new Workspace();
        for (var i = 0; i < 60; i++)
        {
            work.Write($"docs/{i}.md", $"Berth number{i} lies at the pontoon.");
        }

        await work.SyncAsync("docs");
        await using var session = await McpSession.StartAsync(work);

        var found = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => session.FindAsync($"number{i}", "keyword")));

        found.Select(ids => ids[0]).ShouldBe(Enumerable.Range(0, 60).Select(i => $"docs/{i}.md"));
    }

    [Fact]
    public async Task Addresses_are_those_of_the_configuration()
    {
        using var work = new Workspace()
            .Write("tidemark.json", """{"sources":[{"path":"docs","url":"https://docs.example/{stem}"}]}""")
            .Write("docs/in port/a.md", "A harbour.");
        await work.SyncAsync();
        await using var session = await McpSession.StartAsync(work);

        var answer = await session.AskAsync("fetch", ("id", "docs/in port/a.md"));

        answer.GetProperty("url").GetString().ShouldBe("https://docs.example/in%20port/a");
    }

    [Fact]
    public async Task An_index_on_PostgreSQL_answers_as_well()
    {
        await using var server = new ServerWorkspace();
        server.Files.Write("docs/a.md", "A harbour.");
        await using var session = await McpSession.StartAsync(server.Files);
        (await session.FailAsync("search", ("query", "harbour"))).ShouldBe("store.missing");

        await server.Files.SyncAsync("docs");

        (await session.FindAsync("harbour")).ShouldBe(["docs/a.md"]);
        (await session.AskAsync("freshness")).GetProperty("documents").GetInt64().ShouldBe(1);
    }
}
