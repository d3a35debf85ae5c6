using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.ProviderServer;

namespace Tidemark.Bench.Figures;

/// <summary>
/// Workers on a store that has a graph, with a provider that takes its time: three of them against one, and what is paid twice where they are
/// killed.
/// </summary>
internal static class WorkerFigures
{
    private const int Documents = 15_000;
    private const int Changes = 12_000;
    private const int Batch = 20;
    private const int Concurrency = 4;
    private const int Kills = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenKills = TimeSpan.FromMilliseconds(700);

    public static async Task MeasureAsync(Measuring.Bench bench, string server, CancellationToken cancellationToken)
    {
        var store = server + "?schema=bench_workers";
        await using var administrator = NpgsqlDataSource.Create(PostgresFigures.ConnectionString(server));
        await administrator.DropAsync("workers", cancellationToken);
        await using var host = await ProviderHost.StartAsync();
        (Command(bench, host, store, "sync", Lines(bench, 0, Documents), "--source-name", "s", "--cleanup", "none")).Run();
        host.Reply = _ => new ProviderReply.Vectors { Latency = Latency };
        var one = await DrainAsync(bench, host, administrator, store, round: 1, workers: 1, cancellationToken);
        var three = await DrainAsync(bench, host, administrator, store, round: 2, workers: 3, cancellationToken);
        bench.Report.Bound(
            $"workers: {Changes:N0} changes beside a graph, provider at {Latency.TotalMilliseconds:F0} ms",
            $"{one:N0}/s with one, {three:N0}/s with three: {three / one:F2} ×", "1.6 ×", three >= 1.6 * one,
            "tidemark worker, three at once");
        await MeasureKillsAsync(bench, host, administrator, store, cancellationToken);
        await administrator.DropAsync("workers", cancellationToken);
    }

    private static async Task MeasureKillsAsync(
        Measuring.Bench bench, ProviderHost host, NpgsqlDataSource administrator, string store, CancellationToken cancellationToken)
    {
        Command(bench, host, store, "enqueue", Lines(bench, 3, 2 * Changes), "--source-name", "s").Run();
        host.Forget();
        var workers = Enumerable.Range(0, 3).Select(_ => Start(bench, host, store)).ToArray();
        for (var kill = 0; kill < Kills && await WaitingAsync(administrator, cancellationToken) > 0; kill++)
        {
            await Task.Delay(BetweenKills, cancellationToken);
            workers[kill % workers.Length].Kill();
            await workers[kill % workers.Length].WaitForExitAsync(cancellationToken);
            workers[kill % workers.Length].Dispose();
            workers[kill % workers.Length] = Start(bench, host, store);
        }

        while (await WaitingAsync(administrator, cancellationToken) > 0)
        {
            await Task.Delay(50, cancellationToken);
        }

        await EndAsync(workers, cancellationToken);
        var twice = host.Paid.Values.Sum(times => times - 1);
        bench.Report.Bound(
            $"workers: paid twice over {Kills} kills of {host.Paid.Count:N0} texts", $"{twice}, {(double)twice / Kills:F1} for a kill",
            $"{Batch * Concurrency} for a kill", twice <= Kills * Batch * Concurrency, "tidemark worker, three at once, SIGKILL");
    }

    /// <summary>From when the first tenth is done, for programs take their time to start.</summary>
    /// <returns>Changes a second.</returns>
    private static async Task<double> DrainAsync(
        Measuring.Bench bench, ProviderHost host, NpgsqlDataSource administrator, string store, int round, int workers, CancellationToken cancellationToken)
    {
        Command(bench, host, store, "enqueue", Lines(bench, round, Changes), "--source-name", "s").Run();
        var running = Enumerable.Range(0, workers).Select(_ => Start(bench, host, store)).ToArray();
        var (start, first, waiting) = (0L, 0L, long.MaxValue);
        while (waiting > 0)
        {
            await Task.Delay(20, cancellationToken);
            waiting = await WaitingAsync(administrator, cancellationToken);
            (start, first) = start == 0 && waiting <= Changes * 9 / 10 ? (Stopwatch.GetTimestamp(), waiting) : (start, first);
        }

        var rate = first / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await EndAsync(running, cancellationToken);
        return rate;
    }

    private static async Task EndAsync(IEnumerable<Process> workers, CancellationToken cancellationToken)
    {
        foreach (var worker in workers)
        {
            worker.Kill();
            await worker.WaitForExitAsync(cancellationToken);
            worker.Dispose();
        }
    }

    private static async Task<long> WaitingAsync(NpgsqlDataSource administrator, CancellationToken cancellationToken)
    {
        await using var command = administrator.CreateCommand("select count(*) from bench_workers.queue");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Of each document another text in each round.</summary>
    private static string Lines(Measuring.Bench bench, int round, int count)
    {
        var path = Path.Combine(bench.Work, $"workers-{round}.jsonl");
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            Vocabulary.AppendParagraph(text, new Generator(((ulong)round << 32) + (ulong)i + 11), 400);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{{\"id\":\"w{i % Documents:D6}-{i / Documents}\",\"text\":\"{text}\",\"version\":{round}}}"));
        }

        return path;
    }

    private static Process Start(Measuring.Bench bench, ProviderHost host, string store)
    {
        var start = new ProcessStartInfo(bench.Executable, ["worker", "--store", store, "--quiet"]) { WorkingDirectory = bench.Work };
        foreach (var (name, value) in EnvironmentOf(host))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static MeasuredCommand Command(Measuring.Bench bench, ProviderHost host, string store, params string[] arguments) =>
        new(bench.Executable, [.. arguments, "--store", store, "--json"], bench.Work) { Environment = EnvironmentOf(host) };

    private static Dictionary<string, string> EnvironmentOf(ProviderHost host) => new(StringComparer.Ordinal)
    {
        ["OPENAI_BASE_URL"] = host.BaseUrl.ToString(),
        ["EMBED_MODEL"] = "bge-small:384",
        ["TIDEMARK__EMBEDDING__BATCHSIZE"] = Batch.ToString(CultureInfo.InvariantCulture),
        ["TIDEMARK__EMBEDDING__CONCURRENCY"] = Concurrency.ToString(CultureInfo.InvariantCulture),
    };
}
