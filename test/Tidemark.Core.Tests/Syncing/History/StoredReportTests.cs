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

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"plan\":")]
    public void A_report_that_is_not_there_or_damaged_is_none(string? text) => Stored(text).ShouldBeNull();

    private static StoredReport? Stored(string? text) => StoredReport.Of(Reports.Lost with { ReportJson = text });
}
