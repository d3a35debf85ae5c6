using System.Text.Json;
using Shouldly;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.History;
using Tidemark.Tests.Wire;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Syncing.History;

public sealed class StoredReportTests
{
    [Fact]
    public void What_the_history_keeps_is_what_is_printed()
    {
        using var kept = JsonDocument.Parse(RunReportJson.Of(Reports.Run));
        using var printed = JsonDocument.Parse(Printed.Of(json => SyncReportJson.Write(json, Reports.Run)));

        JsonElement.DeepEquals(kept.RootElement, printed.RootElement).ShouldBeTrue();
        RunReportJson.Of(Reports.Run).ShouldContain(@"'\u00E9'".Replace("'", @"\u0027", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_kept_is_read_back()
    {
        var failure = new RunFailure("embedding.key", "no key", "set one");

        using var report = Stored(RunReportJson.Of(Reports.Run with { Failure = failure }));

        report.ShouldNotBeNull();
        report.Documents.ShouldBe(Reports.Run.Documents);
        report.Chunks.ShouldBe(Reports.Run.Chunks);
        report.Latency.ShouldBe(Reports.Run.Latency);
        report.NotTaken.ShouldBe(Reports.Run.NotTaken);
        report.Failure.ShouldBe(failure);
        report.Plan.ShouldBe("abc");
        report.Endpoint.ShouldBe("https://api.example.org/v1");
        (report.Cost, report.AvoidedCost).ShouldBe((0.02m, 0.015m));
        report.Elapsed.ShouldBe(TimeSpan.FromSeconds(1.234568));
    }

    [Fact]
    public void A_report_of_a_former_release_says_nothing_of_what_it_did_not_know()
    {
        using var report = Stored("""{"run":1,"embedding":{"cost":null},"latency":{"read":{"count":2}}}""");

        report.ShouldNotBeNull();
        report.Documents.ShouldBe(new DocumentCounts(0, 0, 0, 0, 0, 0, 0, 0, 0));
        report.Chunks.ShouldBe(new ChunkCounts(0, 0, 0, 0));
        report.Latency.ShouldBe(LatencyReport.None with { Read = LatencySummary.None with { Count = 2 } });
        report.NotTaken.ShouldBeEmpty();
        (report.Failure, report.Plan, report.Endpoint, report.Cost, report.AvoidedCost, report.Elapsed)
            .ShouldBe((null, null, null, null, null, null));
    }

    [Fact]
    public void What_was_not_embedded_waits_or_was_held_back_is_read_back()
    {
        using var kept = Stored(RunReportJson.Of(Reports.Run with { Guard = Reports.Run.Guard! with { MovedFrom = "/former" } }));
        using var none = Stored("""{"index":{"pending":0},"guard":null,"embedding":{"avoided":{}}}""");
        using var little = Stored("""{"index":{"pending":1},"guard":{"movedFrom":"/former"},"error":{}}""");

        kept.ShouldNotBeNull();
        (kept.Needed, kept.Avoided, kept.Cleanup).ShouldBe(((2L, 3L), new AvoidedTokens(500_000, 250_000), "full"));
        kept.Moved.ShouldBe(("docs", "/former"));
        kept.Undelivered.ShouldBe(new UndeliveredChanges(
            "chroma:http://h/c", Reports.Run.Index!.Pending, Reports.Run.Index.Documents, new RunFailure("index.unreachable", "'h' is away", "start it")));
        none.ShouldNotBeNull();
        (none.Undelivered, none.Moved, none.Avoided, none.Needed).ShouldBe((null, null, new AvoidedTokens(0, 0), (0L, 0L)));
        little.ShouldNotBeNull();
        (little.Undelivered, little.Moved, little.Failure)
            .ShouldBe((new UndeliveredChanges("", 1, 0, null), ("", "/former"), new RunFailure("", "", "")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"plan\":")]
    public void A_report_that_is_not_there_or_damaged_is_none(string? text) => Stored(text).ShouldBeNull();

    private static StoredReport? Stored(string? text) => StoredReport.Of(Reports.Lost with { ReportJson = text });
}
