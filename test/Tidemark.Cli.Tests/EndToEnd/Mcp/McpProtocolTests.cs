using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Mcp;

/// <summary>What stands on the wire, line by line, also where the client is broken.</summary>
public sealed class McpProtocolTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"last","method":"ping"}""";

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",", -32700, null)]
    [InlineData("{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":", -32700, 7)]
    [InlineData("not json at all", -32700, null)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600, null)]
    [InlineData("{\"id\":7,\"method\":\"ping\"}", -32600, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600, null)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7.5,\"method\":\"ping\"}", -32600, null)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5}", -32600, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/nothing\"}", -32601, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"nothing\"}}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":5}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":[\"search\"]}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\"}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":5}}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"search\",\"arguments\":[1]}}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"cursor\":[]}}", -32602, 7)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{\"protocolVersion\":1}}", -32602, 7)]
    [InlineData("42", -32600, null)]
    public async Task What_is_no_message_is_answered_and_so_is_what_comes_next(string line, int code, int? id)
    {
        using var work = new Workspace();

        var answers = await SayAsync(work, line, Ping);

        answers.Count.ShouldBe(2);
        var error = answers.Single(answer => answer["error"] is not null);
        (((int)error["error"]!["code"]!), (int?)error["id"]).ShouldBe((code, id));
        answers.Single(answer => (string?)answer["id"]?.ToString() == "last")["result"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_line_without_end_is_refused_by_its_id_and_costs_no_memory()
    {
        using var work = new Workspace();
        using var process = work.Start("mcp");
        var part = new string('x', 1024 * 1024);
        await process.Input.WriteAsync("{\"method\":\"tools/call\",\"params\":{\"id\":1,\"arguments\":{\"query\":\"");
        for (var i = 0; i < 64; i++)
        {
            await process.Input.WriteAsync(part);
        }

        var held = process.ResidentBytes();
        await process.Input.WriteAsync("\"}},\"jsonrpc\":\"2.0\",\"id\":\"big\"}\n" + Ping + "\n");
        var answers = (await process.FinishAsync()).ShouldExit(0).JsonLines;

        answers.Single(answer => (string)answer["id"]! == "big")["error"]!["code"]!.GetValue<int>().ShouldBe(-32600);
        answers.Single(answer => (string)answer["id"]! == "last")["result"].ShouldNotBeNull();
        held.ShouldBeLessThan(200L * 1024 * 1024);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_end_nothing()
    {
        using var work = new Workspace();
        using var process = work.Start("mcp", "--quiet");
        var noise = new byte[100_000];
        new Random(7).NextBytes(noise);

        await process.Input.BaseStream.WriteAsync(noise, TestContext.Current.CancellationToken);
        await process.Input.WriteAsync("\n" + Ping + "\n");
        var answers = (await process.FinishAsync()).ShouldExit(0).JsonLines;

        answers.ShouldContain(answer => answer["result"] != null && (string?)answer["id"] == "last");
        answers.Where(answer => answer["error"] is not null).ShouldAllBe(answer => (int)answer["error"]!["code"]! <= -32600);
    }

    [Fact]
    public async Task What_was_asked_before_the_input_ended_is_answered_and_logs_go_to_standard_error()
    {
        using var work = new Workspace().Write("docs/a.md", "A harbour.");
        await work.SyncAsync("docs");

        using var process = work.Start("mcp", "--verbose");
        for (var i = 0; i < 20; i++)
        {
            await process.Input.WriteLineAsync(Call(i, "search", "\"query\":\"harbour\""));
        }

        var result = (await process.FinishAsync()).ShouldExit(0);

        result.JsonLines.Select(answer => (int)answer["id"]!).Order().ShouldBe(Enumerable.Range(0, 20));
        result.JsonLines.ShouldAllBe(answer => (string?)answer["result"]!["structuredContent"]!["results"]![0]!["id"] == "docs/a.md");
        result.Errors.ShouldContain("start: serves namespace 'default'");
        result.Errors.ShouldContain("call: 'search' answered");
        result.Errors.ShouldContain("end: the client closed the connection");
        result.Errors.ShouldNotContain("harbour");
    }

    [Fact]
    public async Task What_turns_text_around_is_escaped_on_the_wire_and_in_the_text()
    {
        using var work = new Workspace().Write("docs/a.md", "A \u202eharbour\u202c and a \u200bboat and a 船.");
        await work.SyncAsync("docs");
        using var process = work.Start("mcp", "--quiet");
        await process.Input.WriteLineAsync(Call(1, "fetch", "\"id\":\"docs/a.md\""));

        var result = (await process.FinishAsync()).ShouldExit(0);

        result.Output.ShouldNotContain('\u202e');
        result.Output.ShouldContain("船");
        var answer = result.JsonLines.ShouldHaveSingleItem()["result"]!;
        ((string?)answer["content"]![0]!["text"])!.ShouldContain(@"A \u202eharbour\u202c and a \u200bboat");
        ((string?)answer["structuredContent"]!["text"]).ShouldBe("A \u202eharbour\u202c and a \u200bboat and a 船.");
    }

    [Theory]
    [InlineData("-TERM", 0)]
    [InlineData("-INT", 130)]
    public async Task A_signal_ends_it_while_its_input_is_open(string signal, int exitCode)
    {
        using var work = new Workspace();
        using var process = work.Start("mcp");
        await Awaiting.FactAsync("it has started", () => process.ErrorsSoFar.Contains("start:", StringComparison.Ordinal));

        process.Signal(signal);

        (await process.ExitAsync()).ShouldExit(exitCode).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_input_there_is_nothing_to_serve()
    {
        using var work = new Workspace();
        using var shell = TidemarkProcess.Start(work.Root, ["-c", "exec \"$0\" mcp --json <&-", TidemarkProcess.Executable], executable: "/bin/sh");

        (await shell.FinishAsync()).ShouldFail(2, "usage");
    }

    [Fact]
    public async Task A_client_that_does_not_read_any_more_ends_it()
    {
        using var work = new Workspace();
        using var shell = TidemarkProcess.Start(work.Root, ["-c", "\"$0\" mcp --quiet | true", TidemarkProcess.Executable], executable: "/bin/sh");

        await shell.Input.WriteLineAsync(Ping);
        await shell.Input.FlushAsync(TestContext.Current.CancellationToken);

        (await shell.ExitAsync()).ShouldExit(0).Errors.ShouldBeEmpty();
    }

    private static string Call(int id, string tool, string arguments) =>
        $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"tools/call\",\"params\":{{\"name\":\"{tool}\",\"arguments\":{{{arguments}}}}}}}";

    private static async Task<IReadOnlyList<JsonNode>> SayAsync(Workspace work, params string[] lines)
    {
        using var process = work.Start("mcp", "--quiet");
        foreach (var line in lines)
        {
            await process.Input.WriteLineAsync(line);
        }

        return (await process.FinishAsync()).ShouldExit(0).JsonLines;
    }
}
