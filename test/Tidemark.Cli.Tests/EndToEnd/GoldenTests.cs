using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Questions with the documents that shall answer them: recorded, imported, asked, and told when they get less.</summary>
public sealed class GoldenTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task What_is_recorded_is_listed_replaced_and_removed()
    {
        await SyncAsync();

        var recorded = (await _work.RunAsync("golden", "record", "about", "topic3", "--expect", "docs/p3.md,docs/p1.md", "--must", "--json")).ShouldExit(0).Json;
        (Number(recorded["added"]), Number(recorded["changed"]), Number(recorded["failed"])).ShouldBe((1, 0, 0));
        recorded["warnings"]!.AsArray().ShouldBeEmpty();
        var typo = await _work.RunAsync("golden", "record", "topic4", "--expect", "p4.md");
        typo.ShouldExit(0).Errors.ShouldSatisfyAllConditions(told => told.ShouldContain("'p4.md' is expected, but is not in the index"), told => told.ShouldContain("docs/p4.md"));
        Number((await _work.RunAsync("golden", "record", "topic4", "--expect", "docs/p4.md", "--json")).ShouldExit(0).Json["changed"]).ShouldBe(1);
        (await _work.RunAsync("golden", "record", "topic4", "--filter", "lang=en", "--json")).ShouldExit(0);

        var list = (await _work.RunAsync("golden", "list", "--json")).ShouldExit(0).Json.AsArray();
        list.Select(one => one!["query"]!.GetValue<string>()).ShouldBe(["about topic3", "topic4", "topic4"]);
        list[0]!["expected"]!.ToJsonString().ShouldBe("""["docs/p3.md","docs/p1.md"]""");
        list.Select(one => one!["must"]!.GetValue<bool>()).ShouldBe([true, false, false]);
        list[2]!["filter"]!.ToJsonString().ShouldBe("""["lang=en"]""");

        (await _work.RunAsync("golden", "remove", "topic4", "--json")).ShouldExit(0).Json["removed"]!.GetValue<bool>().ShouldBeTrue();
        (await _work.RunAsync("golden", "remove", "topic4", "--json")).ShouldFail(2, ErrorCodes.GoldenMissing);
        (await _work.RunAsync("golden", "remove", "about topic2")).ShouldExit(2).Errors.ShouldContain("did you mean 'about topic3'?");
        (await _work.RunAsync("golden", "list")).ShouldExit(0).Output.ShouldContain("nobody has said what should be found");
        (await _work.RunAsync("store", "copy", "--to", "sqlite:copy.db", "--json")).ShouldExit(0);
        (await _work.RunAsync("golden", "list", "--store", "sqlite:copy.db", "--json")).ShouldExit(0).Json.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_is_kept_and_a_fall_is_told_until_it_is_over()
    {
        await SyncAsync();
        (await _work.RunAsync("golden", "run", "--json")).ShouldFail(2, ErrorCodes.GoldenMissing);
        _work.Write("questions.jsonl", string.Join('\n', Enumerable.Range(1, 8).Select(i => $$"""{"query":"topic{{i}}","expected":["docs/p{{i}}.md"],"must":{{(i == 3 ? "true" : "false")}}}""")));
        Number((await _work.RunAsync("golden", "import", "questions.jsonl", "--json")).ShouldExit(0).Json["added"]).ShouldBe(8);

        var first = (await _work.RunAsync("golden", "run", "--check", "--json")).ShouldExit(0).Json;
        (Number(first["run"]), Number(first["queries"]), Number(first["labelled"]), Number(first["missed"])).ShouldBe((1, 8, 8, 0));
        (first["metric"]!.GetValue<string>(), first["score"]!.GetValue<double>(), first["change"]).ShouldBe(("recall@10", 1.0, null));
        first["results"]!.AsArray()[2]!["found"]!.AsArray()[0]!.GetValue<string>().ShouldBe("docs/p3.md");

        _work.Delete("docs/p3.md");
        _work.Delete("docs/p4.md");
        await _work.SyncAsync("docs");
        var second = await _work.RunAsync("golden", "run", "--check", "--json");
        second.ShouldExit(4).Json["change"].ShouldSatisfyAllConditions(
            change => Number(change!["since"]).ShouldBe(1),
            change => change!["lost"]!.AsArray().Single()!["query"]!.GetValue<string>().ShouldBe("topic3"),
            change => change!["worse"]!.AsArray().Select(one => one!["query"]!.GetValue<string>()).ShouldBe(["topic3", "topic4"]),
            change => change!["worse"]!.AsArray()[0]!["before"]!.AsArray()[0]!.GetValue<string>().ShouldBe("docs/p3.md"));
        var status = await _work.RunAsync("status", "--check", "--json");
        status.ShouldExit(4).Json["alerts"]!.AsArray().Select(alert => alert!["code"]!.GetValue<string>()).ShouldBe(["golden.fell"]);
        (await _work.RunAsync("golden", "run")).ShouldExit(0).Output.ShouldContain("not found, and must be: docs/p3.md for 'topic3'");
        (await _work.RunAsync("list", "nowhere/")).ShouldExit(0).Output.ShouldBe("  there is no document whose id begins with 'nowhere/'\n");
        (await _work.RunAsync("status", "--check")).ShouldExit(0);

        var history = (await _work.RunAsync("golden", "history", "--json")).ShouldExit(0).Json.AsArray();
        history.Select(run => run!["score"]!.GetValue<double>()).ShouldBe([0.75, 0.75, 1]);
        history.Select(run => Number(run!["missed"])).ShouldBe([1, 1, 0]);
        (await _work.RunAsync("golden", "history")).ShouldExit(0).Output.ShouldSatisfyAllConditions(
            plot => plot.ShouldContain("recall@10"), plot => plot.ShouldContain("run 1  #####"));
        (await _work.RunAsync("golden", "history", "--limit", "1", "--json")).ShouldExit(0).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Grades_make_the_order_count_and_the_limit_of_the_alert_is_a_setting()
    {
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "alerts": { "goldenLoss": 0.9 } }""");
        await SyncAsync();
        _work.Write("questions.jsonl", """
            {"query":"topic1","expected":{"docs/p1.md":3,"docs/p2.md":1}}
            {"query":"topic2","expected":[{"id":"docs/p2.md","grade":2},{"id":"docs/p3.md"},{"id":"docs/p4.md","grade":0}]}
            """);
        (await _work.RunAsync("golden", "import", "questions.jsonl")).ShouldExit(0);
        (await _work.RunAsync("golden", "run", "--json")).ShouldExit(0).Json["metric"]!.GetValue<string>().ShouldBe("ndcg@10");
        _work.Delete("docs/p1.md");
        await _work.SyncAsync("docs");

        (await _work.RunAsync("golden", "run", "--check", "--json")).ShouldExit(0).Json["change"]!["worse"]!.AsArray().Count.ShouldBeGreaterThan(0);
        (await _work.RunAsync("status", "--check")).ShouldExit(0);
        var list = (await _work.RunAsync("golden", "list", "--json")).ShouldExit(0).Json.AsArray();
        list[1]!["expected"]!.ToJsonString().ShouldBe("""{"docs/p2.md":2,"docs/p3.md":1}""");
    }

    [Fact]
    public async Task A_file_that_is_none_is_told_and_of_one_with_bad_lines_the_rest_is_taken()
    {
        await SyncAsync();
        byte[] notText = [.. "{\"query\":\""u8, 0xff, 0xfe, .. "\"}\n"u8];
        await File.WriteAllBytesAsync(
            _work.PathOf("questions.jsonl"),
            [
                .. notText,
                .. System.Text.Encoding.UTF8.GetBytes($"{{\"query\":\"{new string('x', 1_200_000)}\"}}\n"),
                .. "{\"query\":\"good\",\"note\":\"not read\"}\n\n[1]\n{\"query\":17}\n{\"query\":\"\"}\n{\"query\":\"a\",\"Expected\":[]}\n"u8,
                .. "{\"query\":\"a\",\"expected\":{\"b\":-1}}\n{\"query\":\"a\",\"expected\":[\"b\",\"b\"]}\n{\"query\":\"a\",\"must\":true}\n{\"query\":\"a\",\"filter\":[\"k\"]}\n"u8,
                .. "{\"query\":\"a\",\"expected\":7}\n{\"query\":\"last\"}"u8,
            ],
            TestContext.Current.CancellationToken);

        var result = (await _work.RunAsync("golden", "import", "questions.jsonl", "--json")).ShouldExit(3).Json;

        (Number(result["added"]), Number(result["unlabelled"]), Number(result["failed"])).ShouldBe((2, 2, 11));
        result["errors"]!.AsArray().Select(error => error!["item"]!.GetValue<string>()).ShouldBe(
            [.. new[] { 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13 }.Select(line => $"line {line}")], ignoreOrder: true);
        result["errors"]!.AsArray().ShouldAllBe(error => error!["remedy"]!.GetValue<string>().Length > 0);
        (await _work.RunAsync("golden", "list", "--json")).ShouldExit(0).Json.AsArray().Select(one => one!["query"]!.GetValue<string>()).ShouldBe(["good", "last"]);

        (await _work.RunAsync("golden", "import", "missing.jsonl", "--json")).ShouldFail(2, ErrorCodes.SourceMissing);
        (await _work.RunAsync("golden", "import", "docs", "--json")).ShouldFail(1, ErrorCodes.SourceUnreadable);
        if (!OperatingSystem.IsWindows())
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", _work.PathOf("pipe"));
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
            (await _work.RunAsync("golden", "import", "pipe", "--json")).ShouldFail(1, ErrorCodes.SourceUnreadable);
        }
    }

    [Theory]
    [InlineData("golden", "record", "")]
    [InlineData("golden", "record", "a", "--must")]
    [InlineData("golden", "record", "a", "--expect", "")]
    [InlineData("golden", "record", "a", "--expect", "b,,c")]
    [InlineData("golden", "record", "a", "--expect", "\"b")]
    [InlineData("golden", "record", "a", "--expect", "b,b")]
    [InlineData("golden", "record", "a", "--filter", "k==v")]
    [InlineData("golden", "history", "--limit", "0")]
    public async Task Bad_input_is_told_and_records_nothing(params string[] call)
    {
        await SyncAsync();

        (await _work.RunAsync([.. call, "--json"])).ShouldFail(2, ErrorCodes.Usage);

        (await _work.RunAsync("golden", "list", "--json")).ShouldExit(0).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_index_there_is_nothing_to_record_for()
    {
        foreach (var call in new[] { "record a", "list", "remove a", "run", "history" })
        {
            (await _work.RunAsync(["golden", .. call.Split(' '), "--json"])).ShouldFail(2, ErrorCodes.StoreMissing);
        }

        await SyncAsync();
        (await _work.RunAsync("golden", "record", "a", "--namespace", "other", "--json")).ShouldFail(2, ErrorCodes.NamespaceMissing);
        (await _work.RunAsync("golden", "history")).ShouldExit(0).Output.ShouldContain("never run");
    }

    private async Task SyncAsync()
    {
        for (var i = 1; i <= 14; i++)
        {
            _work.Write($"docs/p{i}.md", $"# Page {i}\n\nWhat is written about topic{i}, and nothing else.\n");
        }

        await _work.SyncAsync("docs");
    }

    private static long Number(System.Text.Json.Nodes.JsonNode? node) => node!.GetValue<long>();
}
