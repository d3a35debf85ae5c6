using System.Globalization;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>How long the stages of runs took, from their stored reports.</summary>
internal static class LatencyView
{
    private static readonly string[] Stages = ["read", "chunk", "embed", "apply", "cleanup"];

    /// <summary>One row a run; nothing where no run had anything to do.</summary>
    public static IEnumerable<Block> TableOf(IReadOnlyList<RunRecord> runs)
    {
        var rows = runs.Select(run => (Run: run, Cells: CellsOf(run))).Where(row => row.Cells.Any(c => c is not null)).ToArray();
        if (rows.Length == 0)
        {
            yield break;
        }

        var shown = Enumerable.Range(0, Stages.Length).Where(i => rows.Any(row => row.Cells[i] is not null)).ToArray();
        yield return new Block.Line("");
        yield return new Block.Line("latency: p50 / p95 / p99");
        yield return new Block.Table(
            ["run", .. shown.Select(i => Stages[i])],
            [.. rows.Select(row => (Span[])[Units.Count(row.Run.Id), .. shown.Select(i => (Span)(row.Cells[i] ?? ""))])],
            [.. Enumerable.Range(0, shown.Length + 1)]);
    }

    /// <summary>Of one run on one line; null where it had nothing to do.</summary>
    public static string? LineOf(RunRecord run)
    {
        var cells = CellsOf(run);
        var passed = Enumerable.Range(0, Stages.Length).Where(i => cells[i] is not null).ToArray();
        return passed.Length == 0
            ? null
            : string.Join(" · ", passed.Select(i => $"{Stages[i]} {cells[i]}")) + " (p50 / p95 / p99)";
    }

    private static string?[] CellsOf(RunRecord run)
    {
        var latency = RunFigures.Of(run).Latency;
        return
        [
            CellOf(latency.Read), CellOf(latency.Chunk), CellOf(latency.Embed), CellOf(latency.Apply), CellOf(latency.Cleanup),
        ];
    }

    private static string? CellOf(LatencySummary summary)
    {
        if (summary is not { P50: { } p50, P95: { } p95, P99: { } p99 })
        {
            return null;
        }

        double[] values = [p50.TotalSeconds, p95.TotalSeconds, p99.TotalSeconds];
        var (scale, unit) = values[2] switch
        {
            < 1e-3 => (1e6, "µs"),
            < 1 => (1e3, "ms"),
            _ => (1, "s"),
        };
        return string.Join(" / ", values.Select(v => NumberOf(v * scale))) + " " + unit;
    }

    private static string NumberOf(double value) =>
        value.ToString(value < 1 ? "0.##" : value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
}
