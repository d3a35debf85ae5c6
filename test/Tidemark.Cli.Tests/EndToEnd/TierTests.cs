using System.Globalization;
using Shouldly;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Rules of the settings say of which tier documents are, and premium ones have a freshness of their own.</summary>
public sealed class TierTests : IDisposable
{
    private readonly Workspace _work = new();

    public TierTests() => _work.Write("tidemark.json", """
        {
          "tiers": [ { "where": "draft=true", "tier": "standard" }, { "path": "pay", "tier": "premium" } ],
          "freshness": { "slaSeconds": 86400, "premiumSlaSeconds": 60 },
        }
        """);

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_premium_document_is_named_in_the_plan_and_its_lateness_is_an_alert()
    {
        Write("old", DateTimeOffset.UtcNow);
        var changes = (await _work.PlanAsync("lines.jsonl")).Json["changes"]!.AsArray();
        changes.Select(change => $"{change!["document"]} {change["rules"]?["tier"]}".Trim()).Order(StringComparer.Ordinal)
            .ShouldBe(["other", "pay/a tiers[1]", "pay/draft tiers[0]", "pay/own"]);
        await _work.SyncAsync("lines.jsonl");
        (await _work.RunAsync("list", "--json")).ShouldExit(0).Json.AsArray().Select(one => $"{one!["document"]} {one["tier"]}".Trim())
            .ShouldBe(["other", "pay/a premium", "pay/draft", "pay/own archived"]);
        (await _work.RunAsync("status", "--check", "--json")).ShouldExit(0).Json["freshness"]!["premium"]!["breached"]!.GetValue<bool>().ShouldBeFalse();
        (await _work.RunAsync("verify", "lines.jsonl", "--json")).ShouldExit(0);

        Write("new", DateTimeOffset.UtcNow.AddMinutes(-30));
        await _work.SyncAsync("lines.jsonl", "--ignore-versions");

        var status = (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json;
        status["alerts"]!.AsArray().Select(alert => (string)alert!["code"]!).ShouldBe([AlertCodes.FreshnessPremium]);
        (status["freshness"]!["premium"]!["changes"]!.GetValue<long>(), status["freshness"]!["breached"]!.GetValue<bool>()).ShouldBe((2, false));
        (await _work.RunAsync("status")).Output.ShouldContain("of premium");
    }

    private void Write(string text, DateTimeOffset time) => _work.WriteLines("lines.jsonl", [.. new[]
    {
        ("pay/a", ""), ("pay/draft", ",\"draft\":true"), ("pay/own", ",\"tier\":\"archived\""), ("other", ""),
    }.Select(one => $$"""
        {"id":"{{one.Item1}}","text":"{{text}} {{one.Item1}}","modified_at":"{{time.ToString("O", CultureInfo.InvariantCulture)}}"{{one.Item2}}}
        """)]);
}
