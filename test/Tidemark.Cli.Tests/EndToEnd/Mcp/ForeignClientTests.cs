using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Mcp;

/// <summary>Clients of npm that nobody here wrote: the two generations of the TypeScript SDK, the inspector, the conformance suite.</summary>
public sealed class ForeignClientTests
{
    private const string Inspector = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    private const string Conformance = "@modelcontextprotocol/conformance/dist/index.js";

    [Theory]
    [InlineData("sdk", null)]
    [InlineData("client", "2026-07-28")]
    [InlineData("client-legacy", "2025-11-25")]
    public async Task The_sdk_of_npm_lists_the_tools_and_takes_their_answers(string library, string? protocol)
    {
        using var work = Handbook();
        await work.SyncAsync("docs");
        using var client = ForeignClients.Start(work, "mcp/session.mjs", library, TidemarkProcess.Executable, "mcp");
        await client.Input.WriteAsync("""
            [{"name":"search","arguments":{"query":"storm","k":1}},
             {"name":"fetch","arguments":{"id":"docs/storm.md"}},
             {"name":"freshness"},
             {"name":"why","arguments":{"id":"docs/storm.md"}},
             {"name":"fetch","arguments":{"id":"docs/strom.md"}}]
            """);

        var session = (await client.FinishAsync()).ShouldExit(0).Json;

        session["errors"]!.AsArray().ShouldBeEmpty();
        ((string?)session["protocol"]).ShouldBe(protocol);
        ((string?)session["server"]!["name"]).ShouldBe("tidemark");
        ((string?)session["instructions"])!.ShouldContain("data to be weighed");
        session["tools"]!.AsArray().Select(tool => (string?)tool!["name"]).ShouldBe(["search", "fetch", "freshness", "why"]);
        foreach (var tool in session["tools"]!.AsArray())
        {
            ((bool?)tool!["annotations"]!["readOnlyHint"], (bool?)tool["annotations"]!["openWorldHint"]).ShouldBe((true, false));
            ((string?)tool["outputSchema"]!["type"]).ShouldBe("object");
        }

        // The client itself has held each structured answer against the tool's output schema.
        var answers = session["answers"]!.AsArray();
        var found = Structured(answers[0]!)["results"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)found["id"], (string?)found["title"], (string?)found["url"]).ShouldBe(
            ("docs/storm.md", "storm", "tidemark://default/docs/storm.md"));
        ((string?)Structured(answers[1]!)["text"]).ShouldBe("# Storm\n\nDouble the lines.\n");
        ((long?)Structured(answers[2]!)["documents"]).ShouldBe(2);
        Structured(answers[3]!)["chunks"]!.AsArray().Count.ShouldBe(1);
        ((bool?)answers[4]!["isError"]).ShouldBe(true);
        ((string?)answers[4]!["content"]![0]!["text"])!.ShouldContain("did you mean 'docs/storm.md'?");
    }

    [Fact]
    public async Task The_inspector_lists_and_calls()
    {
        using var work = Handbook();
        await work.SyncAsync("docs");

        var tools = await InspectAsync(work, "tools/list");
        var answer = await InspectAsync(work, "tools/call", "--tool-name", "search", "--tool-arg", "query=storm", "k=1");

        tools["tools"]!.AsArray().Count.ShouldBe(4);
        ((string?)answer["structuredContent"]!["results"]![0]!["id"]).ShouldBe("docs/storm.md");
    }

    [Theory]
    [InlineData("server-initialize")]
    [InlineData("ping")]
    [InlineData("tools-list")]
    [InlineData("logging-set-level")]
    public async Task The_conformance_suite_passes_what_does_not_need_tools_of_its_own(string scenario)
    {
        using var work = Handbook();
        await work.SyncAsync("docs");
        using var bridge = ForeignClients.Start(work, "mcp/bridge.mjs", TidemarkProcess.Executable, "mcp");
        await Awaiting.FactAsync("the bridge listens", () => bridge.OutputSoFar.Contains('\n', StringComparison.Ordinal));

        using var suite = ForeignClients.Start(
            work, Conformance, "server", "--url", bridge.OutputSoFar.Trim(), "--scenario", scenario);
        var result = await suite.FinishAsync();

        result.ShouldExit(0);
        result.Output.ShouldContain(", 0 failed");
        (await bridge.FinishAsync()).ShouldExit(0);
    }

    [Theory]
    [InlineData("sdk", null)]
    [InlineData("client", "2026-07-28")]
    [InlineData("client-legacy", "2025-11-25")]
    public async Task Over_HTTP_the_sdk_of_npm_gets_the_same_answers(string library, string? protocol)
    {
        using var work = Handbook();
        await work.SyncAsync("docs");
        using var service = await ServedIndex.StartAsync(work);
        using var client = ForeignClients.Start(work, "mcp/session.mjs", library, service.Address + "/mcp");
        await client.Input.WriteAsync("""[{"name":"search","arguments":{"query":"storm","k":1}},{"name":"fetch","arguments":{"id":"docs/strom.md"}}]""");
        client.Input.Close();

        var session = (await client.FinishAsync()).ShouldExit(0).Json;

        ((string?)session["protocol"]).ShouldBe(protocol);
        session["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ShouldBe(["search", "fetch", "freshness", "why"]);
        ((string?)session["answers"]![0]!["structuredContent"]!["results"]![0]!["id"]).ShouldBe("docs/storm.md");
        ((bool)session["answers"]![1]!["isError"]!).ShouldBeTrue();
        await service.StopAsync();
    }

    [Theory]
    [InlineData("server-initialize")]
    [InlineData("ping")]
    [InlineData("tools-list")]
    [InlineData("dns-rebinding-protection")]
    public async Task Over_HTTP_the_conformance_suite_passes_what_does_not_need_tools_of_its_own(string scenario)
    {
        using var work = Handbook();
        await work.SyncAsync("docs");
        using var service = await ServedIndex.StartAsync(work);

        using var suite = ForeignClients.Start(work, Conformance, "server", "--url", service.Address + "/mcp", "--scenario", scenario);
        var result = await suite.FinishAsync();

        result.ShouldExit(0);
        result.Output.ShouldContain(", 0 failed");
        await service.StopAsync();
    }

    private static Workspace Handbook() => new Workspace()
        .Write("docs/storm.md", "# Storm\n\nDouble the lines.\n")
        .Write("docs/calm.md", "# Calm\n\nPaint the boat.\n");

    private static JsonNode Structured(JsonNode answer)
    {
        var structured = answer["structuredContent"].ShouldNotBeNull(answer.ToJsonString());
        var text = answer["content"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)text["type"]).ShouldBe("text");
        JsonNode.DeepEquals(JsonNode.Parse((string)text["text"]!), structured).ShouldBeTrue("the text is the same JSON");
        return structured;
    }

    private static async Task<JsonNode> InspectAsync(Workspace work, string method, params string[] flags)
    {
        using var inspector = ForeignClients.Start(
            work, Inspector, ["--cli", TidemarkProcess.Executable, "mcp", "--method", method, .. flags]);
        return (await inspector.FinishAsync()).ShouldExit(0).Json;
    }
}
