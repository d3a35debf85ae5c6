using System.Diagnostics;
using Npgsql;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Embedding;
using Tidemark.Postgres;
using Tidemark.Searching;
using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark.Bench.Figures;

/// <summary>100,000 lines into PostgreSQL with pgvector: first index, no-op, search, deletion.</summary>
internal static class PostgresFigures
{
    private const int Count = 100_000;
    private const int LiveCount = 10_000;

    /// <param name="server">Of a database without stores.</param>
    public static async Task MeasureAsync(Measuring.Bench bench, string server, CancellationToken cancellationToken)
    {
        var corpus = new JsonLinesCorpus(bench.Cache);
        await using var administrator = NpgsqlDataSource.Create(ConnectionString(server));
        await MeasureFirstIndexAsync(bench, server, administrator, corpus.Lines(Count), cancellationToken);
        await MeasureGraphAsync(bench, server, corpus, cancellationToken);
        await administrator.DropAsync("graph", cancellationToken);
        await MeasureLiveAsync(bench, server, corpus, cancellationToken);
        await administrator.DropAsync("live", cancellationToken);

        var store = Address(server, "lines");
        var sync = Command(bench, store, "sync", corpus.Lines(Count));
        var whole = sync.Run().Elapsed.TotalSeconds;
        bench.Report.Note(
            "PostgreSQL: the same by the executable", $"{Count / whole:N0} documents/s ({whole:F1} s)",
            "tidemark sync lines-100000.jsonl --store postgres://…");
        await MeasureNoOpAsync(bench, administrator, sync, cancellationToken);
        await SearchFigures.MeasureScanAsync(bench, await OpenAsync(store, cancellationToken), cancellationToken);
        MeasureDelete(bench, store);
        await administrator.DropAsync("lines", cancellationToken);
    }

    /// <param name="server">Of a database without stores.</param>
    public static async Task MeasureQueueAsync(Measuring.Bench bench, string server, CancellationToken cancellationToken)
    {
        await using var administrator = NpgsqlDataSource.Create(ConnectionString(server));
        await QueueFigures.MeasureAsync(bench, server, administrator, cancellationToken);
    }

    /// <summary>The first of the runs finds a server that has yet to make its files, the others one that has written before.</summary>
    private static async Task MeasureFirstIndexAsync(
        Measuring.Bench bench, string server, NpgsqlDataSource administrator, string lines, CancellationToken cancellationToken)
    {
        var runs = new List<(double Indexed, double Found)>();
        while (runs.Count < bench.Runs)
        {
            var moment = new IndexingMoment();
            await administrator.DropAsync("bare", cancellationToken);
            await administrator.ExecuteAsync("checkpoint", cancellationToken);
            runs.Add((await IndexAsync(Address(server, "bare"), lines, int.MaxValue, moment, cancellationToken), moment.Seconds));
        }

        runs.Sort();
        var (indexed, found) = runs[runs.Count / 2];
        bench.Report.Bound(
            "PostgreSQL: first index of 100,000 lines, before HNSW", $"{Count / indexed:N0} documents/s ({indexed:F1} s)", "10,000/s",
            Count / indexed >= 10_000, "Tidemark.Bench PostgresFigures");
        bench.Report.Note(
            "PostgreSQL: of which until all is committed and found", $"{Count / found:N0} documents/s ({found:F1} s)",
            "Tidemark.Bench PostgresFigures");
        await CopyLimit.MeasureAsync(bench, administrator, "bench_bare", Count, cancellationToken);
        await administrator.DropAsync("bare", cancellationToken);
    }

    private static async Task MeasureGraphAsync(
        Measuring.Bench bench, string server, JsonLinesCorpus corpus, CancellationToken cancellationToken)
    {
        var store = Address(server, "graph");
        var built = await IndexAsync(store, corpus.Lines(Count), 10_000, progress: null, cancellationToken);
        bench.Report.Bound(
            "PostgreSQL: the same with HNSW built at the end", $"{Count / built:N0} documents/s ({built:F1} s)", "2,500/s",
            Count / built >= 2_500, "Tidemark.Bench PostgresFigures");
        await SearchFigures.MeasureGraphAsync(bench, await OpenAsync(store, cancellationToken), SubjectVectors.Model, cancellationToken);
    }

    /// <summary>Into a generation that has its HNSW index already.</summary>
    private static async Task MeasureLiveAsync(
        Measuring.Bench bench, string server, JsonLinesCorpus corpus, CancellationToken cancellationToken)
    {
        var store = Address(server, "live");
        await IndexAsync(store, corpus.Lines(LiveCount), graphFrom: 1, progress: null, cancellationToken);
        var live = await IndexAsync(store, corpus.Lines(2 * LiveCount), graphFrom: 1, progress: null, cancellationToken);
        bench.Report.Bound(
            "PostgreSQL: 10,000 more with HNSW maintained", $"{LiveCount / live:N0} documents/s ({live:F1} s)", "1,000/s",
            LiveCount / live >= 1_000, "Tidemark.Bench PostgresFigures");
    }

    private static async Task MeasureNoOpAsync(
        Measuring.Bench bench, NpgsqlDataSource administrator, MeasuredCommand sync, CancellationToken cancellationToken)
    {
        sync.Run();
        await administrator.ExecuteAsync("checkpoint", cancellationToken);
        var before = await PositionAsync(administrator, cancellationToken);
        sync.Run();
        var written = await PositionAsync(administrator, cancellationToken) - before;
        var noOp = sync.Median(bench.Runs).Elapsed.TotalSeconds;
        bench.Report.Bound(
            "PostgreSQL: no-op sync of 100,000 lines", $"{Count / noOp:N0} documents/s ({noOp * 1000:F0} ms)", "80,000/s",
            Count / noOp >= 80_000, "tidemark sync lines-100000.jsonl --store postgres://…");
        bench.Report.Bound(
            "PostgreSQL: its write-ahead log", $"{written / 1024:N0} KB", "1 MB", written < 1 << 20, "pg_current_wal_lsn()");
    }

    private static void MeasureDelete(Measuring.Bench bench, string store)
    {
        var nothing = Path.Combine(bench.Work, "nothing.jsonl");
        File.WriteAllText(nothing, "");
        var delete = Command(bench, store, "sync", nothing, "--cleanup", "full", "--allow-delete").Run().Elapsed.TotalSeconds;
        bench.Report.Bound(
            "PostgreSQL: 100,000 documents deleted", $"{delete:F1} s", "20 s", delete <= 20,
            "tidemark sync nothing.jsonl --cleanup full --allow-delete");
    }

    /// <returns>Seconds.</returns>
    private static async Task<double> IndexAsync(
        string store,
        string lines,
        int graphFrom,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var options = new PostgresStoreOptions { CreateIfMissing = true, GraphFrom = graphFrom };
        await using var index = TidemarkIndex.Create(t => t
            .UsePostgres(store, options)
            .UseEmbedder(SubjectVectors.Model)
            .AddSource(_ => new JsonLinesSource(lines, new JsonLinesOptions())));
        var start = Stopwatch.GetTimestamp();
        await index.SyncAsync(new SyncOptions { Progress = progress }, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static ValueTask<PostgresStore> OpenAsync(string store, CancellationToken cancellationToken) =>
        PostgresStore.OpenAsync(store, PostgresStoreOptions.Default, TimeProvider.System, cancellationToken);

    private static MeasuredCommand Command(Measuring.Bench bench, string store, params string[] arguments) =>
        new(bench.Executable, [.. arguments, "--store", store, "--json"], bench.Work);

    internal static string Address(string server, string schema) => $"{server}?schema=bench_{schema}";

    internal static string ConnectionString(string server)
    {
        var url = new Uri(server);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port,
            Username = url.UserInfo.Split(':')[0],
            Database = url.AbsolutePath.Trim('/'),
        }.ConnectionString;
    }

    private static async Task<long> PositionAsync(NpgsqlDataSource administrator, CancellationToken cancellationToken)
    {
        await using var command = administrator.CreateCommand("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>When a run began to make what is searched by.</summary>
    private sealed class IndexingMoment : IProgress<SyncProgress>
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public double Seconds { get; private set; }

        public void Report(SyncProgress value)
        {
            if (value.Phase == SyncPhase.Indexing && Seconds == 0)
            {
                Seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            }
        }
    }
}
