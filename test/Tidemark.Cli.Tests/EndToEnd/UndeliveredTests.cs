using Shouldly;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>An external index that nobody answers for: what was not delivered is said wherever somebody looks.</summary>
public sealed class UndeliveredTests : IDisposable
{
    private const string Nowhere = "chroma:http://127.0.0.1:9/handbook";

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task What_was_not_delivered_is_said_by_runs_status_freshness_and_alert()
    {
        _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n");
        (await _work.RunAsync("sync", "docs", "--index", Nowhere)).ShouldExit(4).Errors.ShouldContain("1 change of 1 document waits for");

        var run = (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!;
        ((string?)run["outcome"]).ShouldBe("succeeded");
        ((string?)run["error"]!["code"]).ShouldBe(ErrorCodes.IndexUnavailable);
        ((bool)run["completeSync"]!).ShouldBeFalse();
        (await _work.RunAsync("runs")).ShouldExit(0).Output.ShouldContain("run 1 could not deliver 1 change of 1 document: ");
        (await _work.RunAsync("status")).ShouldExit(0).Output.ShouldContain("undelivered");

        await Task.Delay(1100, TestContext.Current.CancellationToken);
        var status = (await _work.RunAsync("status", "--json", "--check")).ShouldExit(4).Json;
        status["alerts"]!.AsArray().Select(alert => (string)alert!["code"]!).ShouldContain(AlertCodes.IndexLag);
        var freshness = status["freshness"]!;
        ((double)freshness["p50"]!).ShouldBeGreaterThan(1);
        freshness["lastCompleteSyncAge"].ShouldBeNull();
    }

    [Fact]
    public async Task Complaints_are_broken_at_the_width_that_there_is()
    {
        _work.Environment["COLUMNS"] = "60";
        _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n");

        var said = (await _work.RunAsync("sync", "docs", "--index", Nowhere)).ShouldExit(4).Errors;

        said.Split('\n').Where(line => !line.Contains("progress: ", StringComparison.Ordinal)).ShouldAllBe(line => line.Length <= 60);
        said.ReplaceLineEndings(" ").ShouldContain("the next sync");
    }

    [Fact]
    public async Task The_advice_of_a_search_leads_somewhere()
    {
        _work.Write("docs/a.md", "# A\n\nThe lantern is green.\n");
        await _work.SyncAsync(4, "docs", "--index", Nowhere);

        var search = (await _work.RunAsync("search", "lantern", "--json")).ShouldFail(1, ErrorCodes.IndexUnavailable);

        var remedy = (string)search["remedy"]!;
        remedy.ShouldNotContain("--mode keyword");
        remedy.ShouldContain("every document waits for it");
    }
}
