using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A provider that never was there, and one that fails while somebody loses patience.</summary>
public sealed class ProviderAbsenceTests
{
    private static readonly (string Url, string Model)[] Absences =
    [
        ("http://127.0.0.1:9/v1", "test-model:8"),
        ("http://127.0.0.1:9/v1", "test-model"),
        ("https://no-such-host.invalid/v1", "test-model:8"),
    ];

    /// <summary>All at once, for each is 20 s of waiting.</summary>
    [Fact]
    public Task Nobody_at_the_address_from_the_first_request_on_is_said_at_once_and_soon_ends_the_run() =>
        Task.WhenAll(Absences.Select(absence => IsGivenUpAsync(absence.Url, absence.Model)));

    private static async Task IsGivenUpAsync(string url, string model)
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: model);
        provider.Work.Environment["OPENAI_BASE_URL"] = url;
        var started = TimeProvider.System.GetTimestamp();

        var result = await provider.Lines(20).Work.RunAsync("sync", "lines.jsonl", "--json");

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60)); // of the patience of 300
        result.ShouldFail(1, ErrorCodes.EmbeddingUnavailable);
        result.Errors.ShouldContain("the next try is in");
    }

    [Fact]
    public async Task What_a_cancelled_run_was_waiting_for_stands_in_its_record()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Reply = _ => ProviderReply.Error(503);
        using var process = provider.Lines(20).Work.Start("sync", "lines.jsonl", "--json");
        await Awaiting.FactAsync("a request has failed twice", () => provider.Host.Requests.Count > 1);

        process.Interrupt();
        (await process.FinishAsync()).ShouldExit(130);

        var run = (await provider.RunAsync("runs", "--json")).ShouldExit(0).Json[0]!;
        ((string?)run["outcome"]).ShouldBe("cancelled");
        ((string?)run["error"]!["code"]).ShouldBe(ErrorCodes.EmbeddingUnavailable);
        ((string?)(await provider.RunAsync("status", "--json")).ShouldExit(0).Json["lastRun"]!["error"]!["code"])
            .ShouldBe(ErrorCodes.EmbeddingUnavailable);
        var runs = (await provider.RunAsync("runs")).ShouldExit(0).Output;
        runs.ShouldContain("run 1 was cancelled while it waited: ");
        runs.ShouldNotContain("failed:");
        var status = (await provider.RunAsync("status")).ShouldExit(0).Output;
        status.ShouldContain("it waited for");
        status.ShouldNotContain("its failure");
    }

    /// <summary>Searched in three ways at once, for each waits until the provider is given up.</summary>
    [Fact]
    public async Task A_hybrid_search_whose_provider_is_down_is_answered_by_keywords_with_a_warning()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(10).SyncAsync();
        provider.Work.Environment["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1";

        var results = await Task.WhenAll(
            provider.RunAsync("search", "number 7", "--json"),
            provider.RunAsync("search", "number 7", "-k", "1"),
            provider.RunAsync("search", "number 7", "--mode", "vector", "--json"));

        var answer = results[0].ShouldExit(0).Json;
        ((string?)answer["degraded"]).ShouldBe("keyword");
        ((string?)answer["hits"]![0]!["document"]).ShouldBe("d0007");
        var warning = answer["warnings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)warning["code"]).ShouldBe(ErrorCodes.EmbeddingUnavailable);
        ((string?)warning["remedy"])!.ShouldContain($"'{provider.Host.BaseUrl.ToString().TrimEnd('/')}'");
        var shown = results[1].ShouldExit(0);
        shown.Output.ShouldContain("d0007:1-1");
        shown.Errors.ShouldContain("answered by keywords alone");
        results[2].ShouldFail(1, ErrorCodes.EmbeddingUnavailable);
    }
}
