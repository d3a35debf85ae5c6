using System.Globalization;
using System.Text.Json;
using Tidemark.Records;

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
        using var report = run.ReadReport();
        return report is not null && report.RootElement.TryGetProperty("latency", out var latency)
            ? Array.ConvertAll(Stages, stage => latency.TryGetProperty(stage, out var summary) ? CellOf(summary) : null)
            : new string?[Stages.Length];
    }

    private static string? CellOf(JsonElement summary)
    {
        double[] values = [SecondsOf(summary, "p50"), SecondsOf(summary, "p95"), SecondsOf(summary, "p99")];
        if (Array.Exists(values, double.IsNaN))
        {
            return null;
        }

        var (scale, unit) = values[2] switch
        {
            < 1e-3 => (1e6, "µs"),
            < 1 => (1e3, "ms"),
            _ => (1, "s"),
        };
        return string.Join(" / ", values.Select(v => NumberOf(v * scale))) + " " + unit;
    }

    private static double SecondsOf(JsonElement summary, string name) =>
        summary.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static string NumberOf(double value) =>
        value.ToString(value < 1 ? "0.##" : value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
}
