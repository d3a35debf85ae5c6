using System.Diagnostics;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>How long an agent waits for the server that it has just started.</summary>
internal static class AgentFigures
{
    private const string Hello =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";

    private const string Question =
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"harbour","k":5}}}""";

    /// <param name="bench">With the store <c>tree</c>.</param>
    public static void Measure(Measuring.Bench bench)
    {
        var runs = Math.Max(11, bench.Runs);
        _ = Answer(bench, Hello);
        var first = Median(runs, () => Answer(bench, Hello));
        bench.Report.Bound(
            "an agent's server: first answer after its start", Report.Milliseconds(first), "100 ms", first <= 100, "tidemark mcp");
        bench.Report.Note(
            "the same to the first search", Report.Milliseconds(Median(runs, () => Answer(bench, Hello, Question))), "tidemark mcp");
    }

    /// <returns>Milliseconds from the start to the last answer.</returns>
    private static double Answer(Measuring.Bench bench, params string[] messages)
    {
        var command = bench.Tidemark("tree", "mcp", "--quiet");
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = command.Directory;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        foreach (var message in messages)
        {
            process.StandardInput.WriteLine(message);
            process.StandardInput.Flush();
            var answer = process.StandardOutput.ReadLine();
            if (answer?.Contains("\"result\"", StringComparison.Ordinal) != true || answer.Contains("\"isError\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"'{message}' was answered by '{answer}'.");
            }
        }

        watch.Stop();
        process.StandardInput.Close();
        process.WaitForExit();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(int runs, Func<double> measure) =>
        Enumerable.Range(0, runs).Select(_ => measure()).Order().ElementAt(runs / 2);
}
