using System.Globalization;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Bench.Providers;
using Tidemark.ProviderServer;

namespace Tidemark.Bench.Figures;

/// <summary>The executable against a provider on this machine that keeps limits or takes its time; the pipeline's own cost.</summary>
internal static class ProviderFigures
{
    private const int Documents = 4_000;
    private const int ManyDocuments = 16_000;
    private const int Batch = 10;
    private const int Concurrency = 8;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static async Task MeasureAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        var lines = new JsonLinesCorpus(bench.Cache).Lines(Documents);
        await MeasureRequestRateAsync(bench, lines);
        await MeasureTokenRateAsync(bench, lines);
        await MeasureLatencyAsync(bench);
        var cost = await PipelineCost.MeasureAsync(cancellationToken);
        bench.Report.Bound(
            "the pipeline's own cost, in process", $"{cost:F1} µs a text", "10 µs", cost <= 10, "Tidemark.Bench PipelineCost");
        bench.DropStore("changes");
        var times = await ChangeLatency.MeasureAsync(bench.StorePath("changes"), cancellationToken);
        var p99 = times[(int)(times.Length * 0.99)];
        bench.Report.Bound(
            "one changed document until a search finds it, in process", $"p50 {times[times.Length / 2]:F1} ms, p99 {p99:F1} ms",
            "p99 50 ms", p99 <= 50, "Tidemark.Bench ChangeLatency");
    }

    private static async Task MeasureRequestRateAsync(Measuring.Bench bench, string lines)
    {
        const int PerMinute = 1_500;
        await using var host = await ProviderHost.StartAsync();
        var limit = new SlidingLimit(requestsPerMinute: PerMinute, tokensPerMinute: null);
        host.Reply = limit.Judge;
        Run(bench, host, lines, ("REQUESTSPERMINUTE", $"{PerMinute}"));
        AddRate(bench, limit, "requests", limit.Requests / (PerMinute / 60.0));
    }

    private static async Task MeasureTokenRateAsync(Measuring.Bench bench, string lines)
    {
        const int PerMinute = 4_500_000;
        await using var host = await ProviderHost.StartAsync();
        var limit = new SlidingLimit(requestsPerMinute: null, tokensPerMinute: PerMinute);
        host.Reply = limit.Judge;
        Run(bench, host, lines, ("TOKENSPERMINUTE", $"{PerMinute}"));
        AddRate(bench, limit, "tokens", limit.Tokens / (PerMinute / 60.0));
    }

    /// <param name="ideal">Seconds that the allowed rate takes for what was accepted.</param>
    private static void AddRate(Measuring.Bench bench, SlidingLimit limit, string what, double ideal)
    {
        var share = ideal / limit.Elapsed.TotalSeconds;
        var refused = (double)limit.Refused / (limit.Requests + limit.Refused);
        var command = $"tidemark sync lines-{Documents}.jsonl";
        bench.Report.Bound($"of the allowed {what} a minute", $"{share:P1}", "95 %", share >= 0.95, command);
        bench.Report.Bound($"refused under a limit of {what}", $"{refused:P2}", "1 %", refused <= 0.01, command);
    }

    private static async Task MeasureLatencyAsync(Measuring.Bench bench)
    {
        await using var host = await ProviderHost.StartAsync();
        var watch = new RequestWatch();
        host.Reply = _ =>
        {
            watch.Note();
            return new ProviderReply.Vectors { Latency = Latency };
        };
        var bare = await BareClient.MeasureAsync(host.BaseUrl, Concurrency, [.. Enumerable.Repeat(new string('x', 1_080), Batch)]);
        watch = new RequestWatch();
        Run(bench, host, new JsonLinesCorpus(bench.Cache).Lines(ManyDocuments));
        var measured = watch.Requests / (watch.Elapsed + Latency).TotalSeconds;
        var ideal = Concurrency / Latency.TotalSeconds;
        var what = $"{Latency.TotalMilliseconds:F0} ms, {Concurrency} requests of {Batch} under way";
        bench.Report.Note($"a bare client: {what}", $"{bare / ideal:P1} of the ideal", "Tidemark.Bench BareClient");
        bench.Report.Bound(
            $"throughput: {what}", $"{measured / ideal:P1} of the ideal, {measured / bare:P1} of a bare client",
            "90 % of a bare client", measured / bare >= 0.9, $"tidemark sync lines-{ManyDocuments}.jsonl");
    }

    private static void Run(Measuring.Bench bench, ProviderHost host, string lines, params (string Name, string Value)[] settings)
    {
        bench.DropStore("provider");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = host.BaseUrl.ToString(),
            ["EMBED_MODEL"] = "bge-m3:64",
            ["TIDEMARK__EMBEDDING__BATCHSIZE"] = Batch.ToString(CultureInfo.InvariantCulture),
            ["TIDEMARK__EMBEDDING__CONCURRENCY"] = Concurrency.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in settings)
        {
            environment["TIDEMARK__EMBEDDING__" + name] = value;
        }

        (bench.Tidemark("provider", "sync", lines) with { Environment = environment }).Run();
    }
}
