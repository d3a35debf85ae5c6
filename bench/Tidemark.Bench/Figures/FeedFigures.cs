using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tidemark.Bench.Measuring;
using Tidemark.Bench.Serving;

namespace Tidemark.Bench.Figures;

/// <summary>The feed: from what an application commits in its database to the search of a service that finds it, at a steady rate.</summary>
internal static class FeedFigures
{
    private const int Rows = 10_000;
    private const int PerSecond = 100;

    /// <summary>Every so manyth is looked for until it is found; all of them would measure the searches.</summary>
    private const int Watched = 20;

    private const string Database = "bench_feed";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task MeasureAsync(Measuring.Bench bench, string server, CancellationToken cancellationToken)
    {
        var url = string.Concat(server.AsSpan(0, server.LastIndexOf('/') + 1), Database);
        await using (var administrator = NpgsqlDataSource.Create(PostgresFigures.ConnectionString(server)))
        {
            await administrator.ExecuteAsync($"drop database if exists {Database} with (force)", cancellationToken);
            await administrator.ExecuteAsync($"create database {Database}", cancellationToken);
        }

        await using var application = NpgsqlDataSource.Create(PostgresFigures.ConnectionString(url));
        await application.ExecuteAsync(
            $"create table product (id int primary key, name text not null); insert into product select g, 'A rope of ' || g || ' metres' from generate_series(0, {Rows - 1}) g",
            cancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(bench.Work, "feed")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "tidemark.json"),
            """{ "sources": { "shop": { "postgres": "env:SHOP_URL", "slot": "bench_feed", "tables": { "product": { "id": "products/{id}", "text": "{name}" } } } } }""",
            cancellationToken);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SHOP_URL"] = url, ["TIDEMARK_TRUST"] = "1" };
        using (var service = new ServedProcess(
            bench.Executable, ["serve", "--listen", "http://127.0.0.1:0", "--store", "sqlite:" + Path.Combine(folder, "feed.db")], folder, environment))
        {
            using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
            await ReadyAsync(client, cancellationToken);
            await WriteAsync(application, client, TimeSpan.FromSeconds(10), round: 0, cancellationToken); // warms it up
            var before = service.Bytes();
            var duration = bench.WithMillion ? TimeSpan.FromMinutes(10) : TimeSpan.FromMinutes(1);
            var took = await WriteAsync(application, client, duration, round: 1, cancellationToken);
            var (p50, p99) = (took[took.Count / 2], took[(int)(took.Count * 0.99)]);
            bench.Report.Bound(
                $"feed: {PerSecond} commits a second for {duration.TotalMinutes:F0} min, committed to searchable, p99", Report.Milliseconds(p99), "1,000 ms", p99 <= 1_000,
                string.Create(CultureInfo.InvariantCulture, $"tidemark serve; GET search (p50 {Report.Milliseconds(p50)}, of {took.Count:N0} that were looked for)"));
            bench.Report.Note("feed: its service's memory before and after", $"{Report.Megabytes(before)}, {Report.Megabytes(service.Bytes())}", "the same");
        }

        await application.ExecuteAsync("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'bench_feed' and not active", cancellationToken);
    }

    /// <summary>All rows that were there are in the index.</summary>
    private static async Task ReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await client.GetAsync("/api/status", cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                using var status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                if (status.RootElement.GetProperty("documents").GetInt64() == Rows)
                {
                    return;
                }
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <returns>Milliseconds from the end of a commit to the answer that has it, ascending.</returns>
    private static async Task<IReadOnlyList<double>> WriteAsync(
        NpgsqlDataSource application, HttpClient client, TimeSpan duration, int round, CancellationToken cancellationToken)
    {
        var took = new ConcurrentQueue<double>();
        var looking = new List<Task>();
        await using var connection = await application.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("update product set name = $1 where id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<string>());
        command.Parameters.Add(new NpgsqlParameter<int>());
        await command.PrepareAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        for (var i = 0; watch.Elapsed < duration; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            var word = string.Create(CultureInfo.InvariantCulture, $"mark{round}x{i}");
            command.Parameters[0].Value = $"A rope of {i} metres, {word}";
            command.Parameters[1].Value = i * 37 % Rows;
            await command.ExecuteNonQueryAsync(cancellationToken);
            if (i % Watched == 0)
            {
                looking.Add(LookAsync(client, word, Stopwatch.GetTimestamp(), took, cancellationToken));
            }
        }

        await Task.WhenAll(looking);
        return [.. took.Order()];
    }

    private static async Task LookAsync(HttpClient client, string word, long committed, ConcurrentQueue<double> took, CancellationToken cancellationToken)
    {
        while (!(await client.GetStringAsync($"/api/search?query={word}&mode=keyword&k=1", cancellationToken)).Contains($", {word}\"", StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(committed) > Patience)
            {
                throw new InvalidOperationException($"'{word}' was committed and is not found.");
            }

            await Task.Delay(25, cancellationToken);
        }

        took.Enqueue(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
    }
}
