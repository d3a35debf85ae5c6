using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>What the history shows of one run, taken from its stored report.</summary>
internal sealed record RunFigures(
    TimeSpan? Elapsed, long Seen, long Added, long Updated, long Skipped, long Deleted, double? Cost)
{
    /// <summary>Skipped of seen documents, 0 to 1; null where nothing was seen.</summary>
    public double? SkipRate => Seen == 0 ? null : (double)Skipped / Seen;

    public static RunFigures Of(RunRecord run)
    {
        var elapsed = run.FinishedAt - run.StartedAt;
        if (run.ReportJson is not { Length: > 0 } text)
        {
            return new RunFigures(elapsed, 0, 0, 0, 0, 0, null);
        }

        using var report = JsonDocument.Parse(text);
        return new RunFigures(
            Number(report.RootElement, "elapsedSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : elapsed,
            Count(report, "seen"),
            Count(report, "added"),
            Count(report, "updated"),
            Count(report, "skipped"),
            Count(report, "deleted"),
            report.RootElement.TryGetProperty("embedding", out var embedding) ? Number(embedding, "cost") : null);
    }

    private static long Count(JsonDocument report, string name) =>
        report.RootElement.TryGetProperty("documents", out var documents) ? (long)(Number(documents, name) ?? 0) : 0;

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
