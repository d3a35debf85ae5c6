using System.Globalization;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Measuring;
using Tidemark.Bench.Quality;
using Tidemark.Bench.Replaying;
using Tidemark.Bench.Serving;

// bench/run and bench/replay build the executable and start this; see there for what can be chosen.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var work = Directory.CreateTempSubdirectory("tidemark-bench-");
try
{
    switch (args)
    {
        case ["replay", var executable, var set]:
            return new ReplayRun(Prepare(executable, work.FullName, runs: 1, million: false), new ReplaySet(set)).Run();
        case ["bare", var store]:
            await BareEndpoint.ServeAsync(store);
            return 0;
        case ["quality", var committed, .. var sets]:
            return await QualityFigures.MeasureAsync(committed, sets, work.FullName, CancellationToken.None) ? 0 : 1;
        case ["run", var executable, var cache, var runs, var million, .. var groups]:
            var bench = Prepare(executable, cache, int.Parse(runs), string.Equals(million, "yes", StringComparison.Ordinal));
            await MeasureAsync(bench, groups);
            return bench.Report.AllReached ? 0 : 1;
        default:
            Console.Error.WriteLine("start bench/run or bench/replay instead");
            return 2;
    }
}
finally
{
    work.Delete(recursive: true);
}

Bench Prepare(string executable, string cache, int runs, bool million)
{
    Directory.CreateDirectory(cache);
    return new Bench(executable, Path.GetFullPath(cache), work.FullName, runs, million, new Report());
}

static async Task MeasureAsync(Bench bench, IReadOnlyList<string> groups)
{
    Report.Header();
    foreach (var group in groups)
    {
        switch (group)
        {
            case "start":
                StartUpFigures.Measure(bench);
                break;
            case "watch":
                WatchFigures.Measure(bench);
                break;
            case "lines":
                JsonLinesFigures.Measure(bench);
                break;
            case "search":
                await SearchFigures.MeasureAsync(bench, CancellationToken.None);
                break;
            case "past":
                await PastFigures.MeasureAsync(bench, CancellationToken.None);
                break;
            case "lifecycle":
                await LifecycleFigures.MeasureAsync(bench, CancellationToken.None);
                break;
            case "service":
                await ServiceFigures.MeasureAsync(bench, CancellationToken.None);
                break;
            case "feed":
                await FeedFigures.MeasureAsync(bench, Server(), CancellationToken.None);
                break;
            case "memory":
                MemoryFigures.Measure(bench);
                break;
            case "provider":
                await ProviderFigures.MeasureAsync(bench, CancellationToken.None);
                break;
            case "postgres":
                await PostgresFigures.MeasureAsync(bench, Server(), CancellationToken.None);
                break;
            case "copy":
                await CopyFigures.MeasureAsync(bench, Server(), CancellationToken.None);
                break;
            case "workers":
                await WorkerFigures.MeasureAsync(bench, Server(), CancellationToken.None);
                break;
            case "filters":
                await FilterFigures.MeasureAsync(bench, Server(), 200_000, CancellationToken.None);
                break;
            case "filters-million":
                await FilterFigures.MeasureAsync(bench, Server(), 1_000_000, CancellationToken.None);
                break;
            case "queue":
                await PostgresFigures.MeasureQueueAsync(bench, Server(), CancellationToken.None);
                break;
            default:
                throw new ArgumentException(
                    $"there is no group '{group}'; there are start, watch, lines, search, past, lifecycle, service, feed, memory, provider, postgres, copy, queue, workers, filters, filters-million", nameof(groups));
        }
    }
}

static string Server() => Environment.GetEnvironmentVariable("TIDEMARK_TEST_POSTGRES")
    ?? throw new InvalidOperationException("TIDEMARK_TEST_POSTGRES names no server; bench/run starts one");
