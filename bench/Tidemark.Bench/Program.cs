using System.Globalization;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Measuring;

// bench/run builds the executable and starts this; see there for what can be chosen.
if (args is not [var executable, var cache, var runs, var million, .. var groups])
{
    Console.Error.WriteLine("usage: Tidemark.Bench EXECUTABLE CACHE RUNS MILLION GROUP...; start bench/run instead");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Directory.CreateDirectory(cache);
var work = Directory.CreateTempSubdirectory("tidemark-bench-");
var bench = new Bench(
    executable,
    Path.GetFullPath(cache),
    work.FullName,
    int.Parse(runs, CultureInfo.InvariantCulture),
    string.Equals(million, "yes", StringComparison.Ordinal),
    new Report());
try
{
    Report.Header();
    foreach (var group in groups)
    {
        switch (group)
        {
            case "start":
                StartUpFigures.Measure(bench);
                break;
            case "lines":
                JsonLinesFigures.Measure(bench);
                break;
            case "memory":
                MemoryFigures.Measure(bench);
                break;
            default:
                Console.Error.WriteLine($"there is no group '{group}'");
                return 2;
        }
    }
}
finally
{
    work.Delete(recursive: true);
}

return bench.Report.AllReached ? 0 : 1;
