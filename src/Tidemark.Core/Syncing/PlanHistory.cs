using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Finds the run that did a plan.</summary>
public static class PlanHistory
{
    /// <summary>As many runs back as anybody would look.</summary>
    private const int MostRuns = 1000;

    /// <returns>Null: none of the recent runs did it.</returns>
    public static async ValueTask<RunRecord?> FindAsync(
        IRecordReader reader, string @namespace, ApprovedPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Fingerprint is not { } fingerprint)
        {
            return null;
        }

        var runs = await reader.RunsAsync(@namespace, MostRuns, cancellationToken).ConfigureAwait(false);
        return runs.FirstOrDefault(run => PlanOf(run) == fingerprint);
    }

    private static string? PlanOf(RunRecord run)
    {
        if (run.ReportJson is not { Length: > 0 } text)
        {
            return null;
        }

        using var report = JsonDocument.Parse(text);
        return report.RootElement.TryGetProperty("plan", out var plan) ? plan.GetString() : null;
    }
}
