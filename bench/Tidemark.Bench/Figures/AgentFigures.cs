using System.Diagnostics;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>How long an agent waits for the server that it has just started.</summary>
internal static class AgentFigures
{
    /// <param name="bench">With the store <c>tree</c>.</param>
    public static void Measure(Measuring.Bench bench)
    {
        var runs = Math.Max(11, bench.Runs);
        _ = Answer(bench, searches: true);
        var first = Median(runs, () => Answer(bench, searches: false));
        bench.Report.Bound(
            "an agent's server: first answer after its start", Report.Milliseconds(first), "100 ms", first <= 100, "tidemark mcp");
        bench.Report.Note(
            "the same to the first search", Report.Milliseconds(Median(runs, () => Answer(bench, searches: true))), "tidemark mcp");
    }

    /// <returns>Milliseconds from the start to the last answer.</returns>
    private static double Answer(Measuring.Bench bench, bool searches)
    {
        var watch = Stopwatch.StartNew();
        using var session = new AgentSession(bench.Tidemark("tree", "mcp", "--quiet"));
        session.Hello();
        if (searches)
        {
            session.Search("harbour");
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(int runs, Func<double> measure) =>
        Enumerable.Range(0, runs).Select(_ => measure()).Order().ElementAt(runs / 2);
}
