using Shouldly;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class SyncReportJsonTests
{
    private const string Head = """
        "namespace":"default","cleanup":"full","outcome":"guarded",
        "documents":{"seen":36,"added":1,"updated":2,"skipped":3,"deleted":4,"moved":5,"outdated":6,"forgotten":7,"failed":8,"tombstones":9},
        "chunks":{"added":9,"patched":10,"unchanged":11,"deleted":12},
        "embedding":{"space":"openai:m:3","endpoint":"https://api.example.org/v1","requests":1,"inputs":2,"reused":3,"tokens":1000000,
        "cost":0.02,"avoidedCost":0.015,"currency":"USD",
        "avoided":{"unchanged":{"tokens":500000,"cost":0.01},"reused":{"tokens":250000,"cost":0.005}}},
        "guard":{"held":12,"share":0.1235,"source":"docs","remedy":"allow it"},
        "budget":{"kind":"run","limit":1.5,"spent":1.25,"currency":"USD","remedy":"raise it"},
        """;

    private const string Items = """
        "errors":[{"item":"line 1","code":"source.malformed","message":"'é' is wrong","remedy":"mend it"}],
        "warnings":[{"item":"docs/a.md","code":"version.ahead","message":"ahead","remedy":"wait"}],
        "notTaken":{".ipynb":3},"withoutText":2,
        """;

    private const string Times = """
        "latency":{"read":{"count":4,"p50":1.23E-05,"p95":0.0025,"p99":3},"chunk":{"count":0,"p50":null,"p95":null,"p99":null},
        "embed":{"count":0,"p50":null,"p95":null,"p99":null},"apply":{"count":0,"p50":null,"p95":null,"p99":null},
        "cleanup":{"count":0,"p50":null,"p95":null,"p99":null}},"elapsedSeconds":1.234568
        """;

    [Fact]
    public void A_run_is_written_with_all_that_it_did() =>
        Printed.Of(json => SyncReportJson.Write(json, Reports.Run)).ShouldBe(Printed.Line($$$"""
            {"run":7,{{{Head}}}
            "index":{"location":"chroma:http://h/c","delivered":1,"pending":2,"documents":3,
            "error":{"code":"index.unreachable","message":"'h' is away","remedy":"start it"}},
            {{{Items}}}"plan":"abc",{{{Times}}}}
            """));

    [Fact]
    public void A_plan_adds_its_changes_and_their_price_and_no_digest() =>
        Printed.Of(json => SyncReportJson.Write(json, Reports.Plan)).ShouldBe(Printed.Line($$$"""
            {"run":null,{{{Head}}}{{{Items}}}{{{Times}}},
            "changes":[{"document":"docs/a.md","change":"edited","reason":"text",
            "chunks":{"added":1,"unchanged":3,"deleted":4},"changed":["text","metadata"],"embedded":1,"reused":0.75,"tokens":5},
            {"document":"docs/c.md","change":"moved","reason":"moved","from":"docs/b.md",
            "chunks":{"added":0,"unchanged":1,"deleted":0},"changed":[],"embedded":0,"reused":1,"tokens":0}],
            "reindex":[{"documents":1,"chunks":4,"changed":["text","metadata"],"embedded":1,"reused":0.75}],
            "price":{"tokens":1000000,"cost":0.02,"currency":"USD"}}
            """));

    [Fact]
    public void What_a_run_had_nothing_of_is_null_or_left_out()
    {
        var text = Printed.Of(json => SyncReportJson.Write(json, Reports.Run with { Guard = null, Budget = null, Index = null, Plan = null }));

        text.ShouldContain(""","guard":null,"budget":null,"errors":[""");
        text.ShouldNotContain("\"index\"");
        text.ShouldNotContain("\"plan\"");
        text.ShouldNotContain("\"changes\"");
    }
}
