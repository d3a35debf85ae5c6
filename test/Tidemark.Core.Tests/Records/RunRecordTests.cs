using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class RunRecordTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"plan\":")]
    public void A_report_that_is_not_there_or_damaged_is_none(string? report) => Run(report).ReadReport().ShouldBeNull();

    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        using var report = Run("""{"plan":"p"}""").ReadReport().ShouldNotBeNull();

        report.RootElement.GetProperty("plan").GetString().ShouldBe("p");
    }

    private static RunRecord Run(string? report) => new()
    {
        Namespace = "n",
        Command = "sync",
        Sources = [],
        StartedAt = DateTimeOffset.UnixEpoch,
        ReportJson = report,
    };
}
