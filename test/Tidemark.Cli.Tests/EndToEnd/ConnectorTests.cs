using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Operations;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Connectors that exist, through a pipe.</summary>
public sealed class ConnectorTests : IDisposable
{
    private const int Rows = 3_000;

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_documents_say_how_and_it_is_so()
    {
        _work.Write("tools/tap-orders", $$$"""
            #!/bin/sh
            from=$(sed -n 's/.*"at":\([0-9]*\).*/\1/p' "$2")
            echo '{{{Schema}}}'
            for i in $(seq $((${from:-0} + 1)) 3); do
              echo "{\"type\":\"RECORD\",\"stream\":\"orders\",\"record\":{\"id\":$i,\"note\":\"order number $i\",\"customer\":\"somebody\"}}"
            done
            echo '{"type":"STATE","value":{"at":3}}'
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_work.PathOf("tools/tap-orders"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var output = await Runbook.RunTextAsync(_work.Root, Runbook.BlocksOf("docs/sources.md")["connector"], tools: _work.PathOf("tools"));

        output.ShouldContain("""{"at":3}""");
        (await File.ReadAllTextAsync(_work.PathOf("state.json"), TestContext.Current.CancellationToken)).Trim().ShouldBe("""{"at":3}""");
        var exported = await _work.ExportAsync();
        _work.Documents(exported).ShouldBe(["orders/orders/1", "orders/orders/2", "orders/orders/3"]);
        exported.ShouldContain("note: order number 1");
        (await LastRunAsync())["documents"]!["seen"]!.GetValue<long>().ShouldBe(0, "it went on behind its state");
    }

    [Fact]
    public async Task A_stream_without_its_end_is_said_and_nothing_is_cleaned_up()
    {
        string[] whole = [Schema, Record(1, version: 1), Record(2, version: 1), """{"type":"ACTIVATE_VERSION","stream":"orders","version":1}""", State(2)];
        (await PipeAsync(whole)).ShouldExit(0).Output.ShouldBe("""{"at":2}""" + "\n");

        var cut = (await PipeAsync([Schema, Record(1, version: 2)])).ShouldExit(3);
        cut.Errors.ShouldContain("source.incomplete");
        cut.Output.ShouldBeEmpty();
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(2);

        (await PipeAsync([Schema, Record(1, version: 3), """{"type":"ACTIVATE_VERSION","stream":"orders","version":3}""", State(1)])).ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["singer/orders/1"]);
    }

    [Fact]
    public async Task Messages_of_Airbyte_are_taken_and_its_states_go_back_as_they_came()
    {
        const string AirbyteState = """{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":{"cursor":2}}}}""";
        string[] lines =
        [
            "starting up", """{"type":"SPEC","spec":{"connectionSpecification":{}}}""", """{"type":"LOG","log":{"level":"INFO","message":"x"}}""", Status("STARTED"),
            """{"type":"RECORD","record":{"stream":"users","namespace":"public","data":{"id":"a","name":"Ada","_ab_cdc_deleted_at":null},"emitted_at":1}}""",
            """{"type":"RECORD","record":{"stream":"users","namespace":"public","data":{"id":"b","name":"Bob"},"emitted_at":1}}""", AirbyteState, Status("COMPLETE"),
        ];

        var result = (await PipeAsync(lines, "--format", "airbyte", "--text-template", "Name: {name}", "--cleanup", "full")).ShouldExit(0);

        result.Output.ShouldBe(AirbyteState + "\n");
        (await _work.ExportAsync()).ShouldContain("Name: Ada");
        (await PipeAsync(lines[..^1], "--format", "airbyte", "--text-template", "Name: {name}", "--cleanup", "full")).ShouldExit(3);
        string[] fewer = [.. lines.Where(line => !line.Contains("Bob", StringComparison.Ordinal))];
        (await PipeAsync(fewer, "--format", "airbyte", "--text-template", "Name: {name}", "--cleanup", "full")).ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["airbyte/public.users/a"]);

        static string Status(string status) =>
            """{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1,"stream_status":{"stream_descriptor":{"name":"users","namespace":"public"},"status":""" + "\"" + status + "\"}}}";
    }

    [Fact]
    public async Task What_would_mix_with_the_states_or_delete_without_reason_is_refused()
    {
        (await PipeAsync([State(1)], "--format", "singer", "--json")).ShouldFail(2, "usage");
        (await PipeAsync([State(1)], "--format", "singer", "--cleanup", "incremental")).ShouldExit(2);
        (await PipeAsync([Record(1)], "--format", "singer", "--source-name", "x")).ShouldExit(0);
        _work.Write("m.jsonl", Record(1));
        (await _work.RunAsync("enqueue", "m.jsonl", "--format", "singer", "--json")).ShouldFail(2, "usage");
    }

    /// <summary>The tap goes on behind the last state that it got, whenever the other end was killed.</summary>
    [Fact]
    public async Task Killed_at_any_instant_nothing_between_two_states_is_lost()
    {
        var watch = Stopwatch.StartNew();
        (await PipeAsync(Tap(0), "--format", "singer", "--store", "sqlite:clean.db")).ShouldExit(0);
        var (whole, clean) = (watch.Elapsed, await _work.ExportAsync("--store", "sqlite:clean.db"));
        var random = new Random(Environment.ProcessId);
        for (var round = 0; round < 3; round++)
        {
            var (store, at, kills, resumed) = ($"sqlite:killed-{round}.db", 0, 0, 0);
            while (kills < 5)
            {
                using var process = _work.Start("sync", "-", "--format", "singer", "--batch-size", "20", "--store", store);
                var feeding = FeedAsync(process, Tap(at));
                await process.KillAfterAsync(whole * (0.3 + random.NextDouble()));
                await feeding;
                at = LastState(process.OutputSoFar) ?? at;
                resumed += at > 0 ? 1 : 0;
                kills++;
            }

            (await PipeAsync(Tap(at), "--format", "singer", "--store", store)).ShouldExit(0);
            (await _work.ExportAsync("--store", store)).ShouldBe(clean, $"round {round}, from {at}");
            resumed.ShouldBeGreaterThan(0, "states were handed on");
        }
    }

    private const string Schema = """{"type":"SCHEMA","stream":"orders","schema":{"properties":{}},"key_properties":["id"]}""";

    private static string Record(int id, long? version = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"type\":\"RECORD\",\"stream\":\"orders\",{(version is null ? "" : $"\"version\":{version},")}\"record\":{{\"id\":{id},\"note\":\"order number {id}\"}}}}");

    private static string State(int at) => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"STATE\",\"value\":{{\"at\":{at}}}}}");

    private static IEnumerable<string> Tap(int from)
    {
        yield return Schema;
        for (var i = from + 1; i <= Rows; i++)
        {
            yield return Record(i);
            if (i % 10 == 0)
            {
                yield return State(i);
            }
        }
    }

    private static int? LastState(string output) =>
        output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { } line
            ? JsonNode.Parse(line)!["at"]!.GetValue<int>()
            : null;

    private async Task<ProcessResult> PipeAsync(IEnumerable<string> lines, params string[] arguments)
    {
        using var process = _work.Start(["sync", "-", .. arguments.Length == 0 ? ["--format", "singer"] : arguments]);
        await FeedAsync(process, lines);
        return await process.FinishAsync();
    }

    private static async Task FeedAsync(TidemarkProcess process, IEnumerable<string> lines)
    {
        try
        {
            foreach (var line in lines)
            {
                await process.Input.WriteLineAsync(line);
            }

            process.Input.Close();
        }
        catch (IOException)
        {
            // It was killed, or had seen enough.
        }
    }

    private async Task<JsonNode> LastRunAsync() => (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray()[0]!["report"]!;
}
