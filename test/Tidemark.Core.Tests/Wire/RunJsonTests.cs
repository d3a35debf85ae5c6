using Shouldly;
using Tidemark.Records;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class RunJsonTests
{
    [Fact]
    public void A_run_stands_with_what_was_paid_for_it_and_no_other()
    {
        var run = Reports.Lost with { Outcome = RunOutcome.Succeeded, CompleteSync = true, ReportJson = """{"elapsedSeconds":2}""" };

        Printed.Of(json => RunJson.Write(json, [run], [Reports.Paid(7, 5), Reports.Paid(8, 0.5m)])).ShouldBe(Printed.Line("""
            [{"run":8,"namespace":"default","command":"sync","sources":["docs","jsonl"],"startedAt":"2026-01-02T12:00:00Z",
            "finishedAt":"2026-01-02T12:00:01.5Z","outcome":"succeeded","completeSync":true,"elapsedSeconds":2,"skipRate":null,"cost":0.5,
            "avoidedCost":null,"error":null,
            "paid":{"requests":1,"inputs":2,"tokens":3,"cost":0.5,"currency":"USD","unpricedTokens":0,
            "causes":[{"cause":"text","requests":1,"inputs":2,"tokens":3,"cost":0.5,"currency":"USD","unpricedTokens":0}]},
            "report":{"elapsedSeconds":2}}]
            """));
    }

    [Fact]
    public void A_run_that_was_killed_says_so_in_place_of_its_report()
    {
        var text = Printed.Of(json => RunJson.Write(json, [Reports.Lost], []));

        text.ShouldContain("\"outcome\":\"failed\",\"completeSync\":false,\"elapsedSeconds\":1.5");
        text.ShouldContain("\"error\":{\"code\":\"run.lost\"");
        text.ShouldContain("\"report\":{\"run\":8,\"namespace\":\"default\",\"outcome\":\"failed\",\"error\":{\"code\":\"run.lost\"");
    }

    [Fact]
    public void A_run_that_goes_on_has_no_end()
    {
        var text = Printed.Of(json => RunJson.Write(json, [Reports.Lost with { FinishedAt = null, Outcome = null }], []));

        text.ShouldContain("\"finishedAt\":null,\"outcome\":null,\"completeSync\":false,\"elapsedSeconds\":null");
        text.ShouldEndWith("\"report\":null}]");
    }

    [Fact]
    public void Months_are_summed_over_their_causes()
    {
        var next = Reports.Paid(0, 2) with { Month = new(Reports.Paid(0, 0).Month.Number + 1) };

        Printed.Of(json => LedgerJson.Write(json, [Reports.Paid(0, 0.25m), Reports.Paid(0, 0, unpriced: 3), next])).ShouldBe(Printed.Line("""
            [{"month":"2026-01","requests":2,"inputs":4,"tokens":6,"cost":0.25,"currency":"USD","unpricedTokens":3,"causes":[
            {"cause":"text","requests":1,"inputs":2,"tokens":3,"cost":0.25,"currency":"USD","unpricedTokens":0},
            {"cause":"text","requests":1,"inputs":2,"tokens":3,"cost":null,"currency":"USD","unpricedTokens":3}]},
            {"month":"2026-02","requests":1,"inputs":2,"tokens":3,"cost":2,"currency":"USD","unpricedTokens":0,"causes":[
            {"cause":"text","requests":1,"inputs":2,"tokens":3,"cost":2,"currency":"USD","unpricedTokens":0}]}]
            """));
    }
}
