using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What a running service tells those who watch it: metrics, traces, a log.</summary>
public sealed partial class WatchedServiceTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly HttpClient _client = new();

    public WatchedServiceTests()
    {
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Write("docs/a.md", "# A\n\nThe lamps burn all night.\n").Write(
            "tidemark.json",
            """
            { "sources": ["docs"], "cost": { "monthlyBudget": 5 },
              "hooks": { "shop": { "signature": "none", "id": "{/id}", "text": "/text", "version": "/version", "ignore": ["*"] } } }
            """);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task Whatever_the_dashboard_asks_for_is_among_the_metrics()
    {
        using var service = await ServedIndex.StartAsync(_work);
        await UseAsync(service);

        var scraped = (await _client.GetStringAsync($"{service.Address}/metrics", Token)).Split('\n');

        var known = scraped.Where(line => !line.StartsWith('#')).Select(line => line.Split('{', ' ')[0]).ToHashSet(StringComparer.Ordinal);
        var asked = Metric().Matches(RepositoryFile.Read("deploy/grafana/tidemark.json")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        asked.Count.ShouldBeGreaterThan(20);
        asked.Except(known, StringComparer.Ordinal).ShouldBeEmpty();
        scraped.ShouldContain(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
            && line.Contains("http_route=\"/api/documents/{**id}\"", StringComparison.Ordinal) && line.Contains("http_response_status_code=\"200\"", StringComparison.Ordinal));
        Value(scraped, "tidemark_index_documents").ShouldBe(2);
        Value(scraped, "tidemark_month_budget").ShouldBe(5);
        Value(scraped, "tidemark_store_answers").ShouldBe(1);
        string.Join('\n', scraped).ShouldNotContain("unmistakable");
        await service.StopAsync();
    }

    [Fact]
    public async Task A_request_is_one_line_that_names_its_route_and_nothing_of_what_was_asked()
    {
        var key = JsonNode.Parse((await _work.RunAsync("keys", "create", "all", "--scope", "admin", "--json")).ShouldExit(0).Output)!;
        using var service = await ServedIndex.StartAsync(_work, "--log", "json");
        _client.DefaultRequestHeaders.Authorization = new("Bearer", (string)key["key"]!);
        await UseAsync(service);
        using var missing = await _client.GetAsync($"{service.Api}/documents/unmistakable-too", Token);
        var problem = JsonNode.Parse(await missing.Content.ReadAsStringAsync(Token))!;
        (await _client.GetAsync($"{service.Address}/health/live", Token)).IsSuccessStatusCode.ShouldBeTrue();

        await service.StopAsync();
        var log = service.Process.ErrorsSoFar;
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        lines.ShouldAllBe(line => line["time"] != null && line["level"] != null && line["event"] != null && line["message"] != null);
        var requests = lines.Where(line => (string?)line["event"] == "request").ToList();
        requests.Select(line => $"{line["method"]} {line["route"]} {line["status"]}").ShouldBe(
            ["POST /api/sync 200", "PUT /api/documents/{**id} 200", "GET /api/search 200", "POST /api/hooks/{name} 200", "GET /api/documents/{**id} 404"]);
        requests.ShouldAllBe(line => (string?)line["key"] == (string?)key["id"] || (string?)line["route"] == "/api/hooks/{name}");
        ((string?)requests[^1]["request"]).ShouldBe((string?)problem["request"]);
        requests.ShouldAllBe(line => (double)line["milliseconds"]! > 0);
        log.ShouldNotContain("unmistakable");
        log.ShouldNotContain(((string)key["key"]!)[^20..]);
    }

    [Fact]
    public async Task What_happens_every_day_is_no_error()
    {
        using var service = await ServedIndex.StartAsync(_work, "--log", "json");
        var address = new Uri(service.Address);
        for (var i = 0; i < 10; i++)
        {
            using var sender = new TcpClient();
            await sender.ConnectAsync(address.Host, address.Port, Token);
            await sender.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /api/{(i % 2 == 0 ? "documents" : "hooks/shop")} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{{\"id\":"), Token);
            sender.LingerState = new LingerOption(enable: true, seconds: 0); // it is cut, and not closed
        }

        using var missing = await _client.GetAsync($"{service.Api}/documents/nobody", Token);
        await Awaiting.FactAsync("all are noted", () => Requests(service).Count(line => (string?)line["method"] == "POST") == 10);

        await service.StopAsync();
        Lines(service).Select(line => (string?)line["level"]).ShouldAllBe(level => level == "info");
        Requests(service).Where(line => (string?)line["method"] == "POST").ShouldAllBe(line => (int)line["status"]! == 499);
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_a_span_for_each_request_without_its_address()
    {
        using var collector = new OtlpCollector();
        _work.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint;
        _work.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        using var service = await ServedIndex.StartAsync(_work);
        await UseAsync(service);
        await Awaiting.FactAsync("gauges are sent", () => collector.Metrics.Any(metric => metric.Name == "tidemark.queue.changes"));

        await service.StopAsync();

        var put = collector.Spans.Single(span => span.Name == "PUT /api/documents/{**id}");
        put.Tags["http.response.status_code"].ShouldBe("200");
        var search = collector.Spans.Single(span => span.Name == "tidemark.search");
        search.Parent.ShouldBe(collector.Spans.Single(span => span.Name == "GET /api/search").Id);
        var metrics = collector.Metrics.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        metrics.ShouldContain("http.server.request.duration");
        metrics.ShouldContain("tidemark.embeddings.tokens");
        collector.Requests.ShouldAllBe(r => !Encoding.UTF8.GetString(r.Body).Contains("nmistakable", StringComparison.Ordinal));
    }

    /// <summary>A sync, a document, a search and an event, whose words can be told wherever they turn up.</summary>
    private async Task UseAsync(ServedIndex service)
    {
        await SendAsync(HttpMethod.Post, $"{service.Api}/sync", JsonContent.Create(new { }));
        await SendAsync(HttpMethod.Put, $"{service.Api}/documents/unmistakable.md", new StringContent("An unmistakable sentence.", Encoding.UTF8, "text/plain"));
        await SendAsync(HttpMethod.Get, $"{service.Api}/search?query=unmistakable", null);
        await SendAsync(HttpMethod.Post, $"{service.Api}/hooks/shop", JsonContent.Create(new { type = "unmistakable", id = "unmistakable" }));
    }

    private async Task SendAsync(HttpMethod method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await _client.SendAsync(request, Token);
        ((int)response.StatusCode).ShouldBeLessThan(300, await response.Content.ReadAsStringAsync(Token));
    }

    private static List<JsonNode> Lines(ServedIndex service) =>
        [.. service.Process.ErrorsSoFar.Split('\n')[..^1].Select(line => JsonNode.Parse(line)!)];

    private static List<JsonNode> Requests(ServedIndex service) => [.. Lines(service).Where(line => (string?)line["event"] == "request")];

    private static double Value(string[] scraped, string name) => double.Parse(
        scraped.Single(line => line.StartsWith(name + "{", StringComparison.Ordinal)).Split("} ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(tidemark|http_server|gen_ai|dotnet|kestrel)_[a-z_]+(?=\{)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
