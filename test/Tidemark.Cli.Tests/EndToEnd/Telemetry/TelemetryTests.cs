using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Traces and metrics reach a collector that is configured, and cost nothing where none is.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly Workspace _work = new();

    public TelemetryTests() => _work.Write("docs/a.md", "# A\n\nThe first.\n").Write("docs/b.md", "# B\n\nThe second.\n");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_sync_sends_its_span_and_its_metrics()
    {
        using var collector = new OtlpCollector();

        await RunAsync(Endpoint(collector), "sync", "docs", "--json");

        collector.Requests.ShouldAllBe(r => r.ContentType == "application/x-protobuf");
        var run = collector.Spans.Single(s => s.Name == "tidemark.sync");
        run.Tags["tidemark.namespace"].ShouldBe("default");
        run.Tags["tidemark.outcome"].ShouldBe("succeeded");
        run.Tags["tidemark.documents.seen"].ShouldBe("2");
        collector.Resource["service.name"].ShouldBe("tidemark");
        var metrics = collector.Metrics.ToDictionary(m => m.Name, StringComparer.Ordinal);
        metrics["tidemark.documents"].Points["added default"].ShouldBe(2);
        metrics["tidemark.chunks"].Points["added default"].ShouldBe(2);
        metrics["tidemark.run.duration"].Points["default succeeded"].ShouldBe(1);
        metrics["tidemark.run.duration"].Unit.ShouldBe("s");
        metrics["tidemark.stage.duration"].Points["read"].ShouldBe(2);
        metrics["tidemark.stage.duration"].Points["apply"].ShouldBe(1);
    }

    [Fact]
    public async Task A_request_to_the_model_follows_the_GenAI_conventions()
    {
        using var collector = new OtlpCollector();

        await RunAsync(Endpoint(collector), "sync", "docs", "--json");

        var run = collector.Spans.Single(s => s.Name == "tidemark.sync");
        var request = collector.Spans.Single(s => s.Name == "embeddings hashing:384");
        request.Trace.ShouldBe(run.Trace);
        request.Parent.ShouldBe(run.Id);
        request.Kind.ShouldBe(3UL);
        request.Tags["gen_ai.operation.name"].ShouldBe("embeddings");
        request.Tags["gen_ai.provider.name"].ShouldBe("hashing");
        request.Tags["gen_ai.request.model"].ShouldBe("hashing:384");
        request.Tags["gen_ai.embeddings.dimension.count"].ShouldBe("384");
        var duration = collector.Metrics.Single(m => m.Name == "gen_ai.client.operation.duration");
        duration.Unit.ShouldBe("s");
        duration.Points["embeddings hashing hashing:384"].ShouldBe(1);
        duration.Sum.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Nothing_of_a_document_is_sent()
    {
        using var collector = new OtlpCollector();
        _work.Write("docs/unmistakable-name.md", "# Secret\n\nAn unmistakable sentence.\n");

        await RunAsync(Endpoint(collector), "sync", "docs");
        await RunAsync(Endpoint(collector), "search", "unmistakable");
        await RunAsync(Endpoint(collector), "verify", "docs");

        collector.Spans.ShouldContain(s => s.Name == "tidemark.verify");
        var search = collector.Spans.Single(s => s.Name == "tidemark.search");
        search.Tags["tidemark.search.mode"].ShouldBe("hybrid");
        collector.Spans.ShouldContain(s => s.Name == "embeddings hashing:384" && s.Parent == search.Id);

        collector.Requests.ShouldNotBeEmpty();
        collector.Requests.ShouldAllBe(r => !System.Text.Encoding.UTF8.GetString(r.Body).Contains("nmistakable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_may_stand_in_the_settings_and_headers_in_the_environment()
    {
        using var collector = new OtlpCollector();
        _work.Write("tidemark.json", $$"""{ "telemetry": { "endpoint": "{{collector.Endpoint}}" } }""");
        (await _work.RunAsync("trust")).ShouldExit(0);

        await RunAsync(new() { ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=k1" }, "sync", "docs");

        collector.Spans.ShouldContain(s => s.Name == "tidemark.sync");
        collector.Requests.ShouldAllBe(r => r.ApiKey == "k1");
    }

    [Fact]
    public async Task A_collector_that_is_not_there_fails_nothing()
    {
        var result = await _work.RunInAsync(
            ".", new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9" }, "sync", "docs", "--json", "--quiet");

        new SyncOutcome(result.ShouldExit(0)).ShouldCount(added: 2);
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_mistake_that_does_not_repeat_it()
    {
        var result = await _work.RunInAsync(
            ".", new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "user:sesame@host" }, "sync", "docs", "--json");

        result.ShouldFail(2, "configuration.invalid");
        (result.Output + result.Errors).ShouldNotContain("sesame");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_exporter_is_loaded_only_where_an_address_is_configured(bool configured)
    {
        using var collector = new OtlpCollector();
        if (configured)
        {
            _work.Write("tidemark.json", $$"""{ "telemetry": { "endpoint": "{{collector.Endpoint}}" } }""");
            (await _work.RunAsync("trust")).ShouldExit(0);
        }

        using var process = _work.StartBuilt("sync", "-", "--json");
        while (!process.LoadedFiles().Contains("libsqlite3", StringComparison.Ordinal)
            && !process.LoadedFiles().Contains("e_sqlite3", StringComparison.Ordinal))
        {
            process.HasExited.ShouldBeFalse();
            await Task.Yield();
        }

        var loaded = process.LoadedFiles();
        (await process.FinishAsync()).ShouldExit(0);

        loaded.ShouldContain("Tidemark.Core.dll");
        loaded.Contains("OpenTelemetry", StringComparison.Ordinal).ShouldBe(configured);
        collector.Requests.IsEmpty.ShouldBe(!configured);
    }

    private static Dictionary<string, string> Endpoint(OtlpCollector collector) =>
        new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint };

    private async Task RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        (await _work.RunInAsync(".", environment, arguments)).ShouldExit(0);
}
