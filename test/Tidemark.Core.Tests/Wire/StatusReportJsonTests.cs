using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class StatusReportJsonTests
{
    private static readonly FreshnessReport Freshness = new(
        TimeSpan.FromMinutes(15), TimeSpan.FromDays(1), 9, TimeSpan.FromSeconds(2.1), TimeSpan.FromSeconds(8), null, TimeSpan.FromTicks(310_006_000), true);

    private static readonly CostReport Cost = new(LedgerMonth.Of(Printed.Noon), Reports.Paid(1, 0.12m).Sum, 50);

    [Fact]
    public void A_status_says_how_the_namespace_stands()
    {
        var status = new StatusReport(
            Reports.Namespace, 1234, Freshness, Cost, [new Alert("freshness.sla", "late")], Reports.Lost,
            [
                new QuarantinedInput
                {
                    Namespace = "default",
                    Document = "docs/a.md",
                    Space = "s",
                    Input = ContentHash.Of("i"),
                    Code = "embedding.refused",
                    Message = "no",
                    Since = Printed.Noon,
                },
            ])
        {
            Premium = Freshness with { Sla = TimeSpan.FromMinutes(1), Changes = 3 },
            Queue = new QueueCounts(1, 2, 3),
            Figures = DocumentFigures.None with { WithoutText = 6 },
            Sources = [("docs", "/srv/docs"), ("jsonl", null)],
            NotTaken = new Dictionary<string, long> { [".xlsx"] = 2 },
            Index = new IndexBacklog(
                new IndexBinding("default", new EmbeddingSpace("s", 3), "chroma:http://h/c", "o", null), 4, 5, Printed.Noon),
        };

        Printed.Of(json => StatusReportJson.Write(json, status)).ShouldBe(Printed.Line("""
            {"namespace":"default","documents":3,"chunks":4,"bytes":1234,"sources":[{"name":"docs","place":"/srv/docs"},{"name":"jsonl","place":null}],"notTaken":{".xlsx":2},"withoutText":6,
            "generation":{"id":2,"space":"hashing:384","chunker":"structured;1","stemming":null,"state":"active"},
            "index":{"location":"chroma:http://h/c","pending":4,"documents":5,"oldest":"2026-01-02T12:00:00Z"},
            "quarantine":[{"document":"docs/a.md","code":"embedding.refused","message":"no","since":"2026-01-02T12:00:00Z"}],
            "freshness":{"slaSeconds":900,"p50":2.1,"p95":8,"p99":null,"changes":9,"windowSeconds":86400,"lastCompleteSyncAge":31.001,
            "breached":true,"premium":{"slaSeconds":60,"p50":2.1,"p95":8,"p99":null,"changes":3,"breached":true}},"queue":{"pending":1,"leased":2,"dead":3},"workerSeen":null,
            "cost":{"month":0.12,"budget":50,"currency":"USD","requests":1,"inputs":2,"tokens":3,"unpricedTokens":0},"jobs":[],
            "alerts":[{"code":"freshness.sla","message":"late"}],
            "lastRun":{"run":8,"namespace":"default","outcome":"failed","error":{"code":"run.lost",
            "message":"its process ended before the run did: it was killed, or its machine went down",
            "remedy":"run it again; what was committed stays"}}}
            """));
    }

    [Fact]
    public void A_namespace_before_its_first_run_has_nulls()
    {
        var status = new StatusReport(new NamespaceSummary { Name = "new" }, 0, Freshness, Cost with { Budget = null }, [], null, []);

        var text = Printed.Of(json => StatusReportJson.Write(json, status));

        text.ShouldContain("""
            "generation":null,"index":{"location":"store","pending":0,"documents":0,"oldest":null},"quarantine":[],
            """);
        text.ShouldContain("\"budget\":null");
        text.ShouldEndWith("""
            "alerts":[],"lastRun":null}
            """);
    }
}
