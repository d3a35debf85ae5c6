using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Server.Working;

/// <summary>How late one source may be. Pure.</summary>
/// <param name="Place">Where it lies; null: that is not known.</param>
/// <param name="Listed">When the last run ended that saw all of it; null: none did among the last ones.</param>
/// <param name="Age">Since then.</param>
/// <param name="Run">The last one that looked at it; null: none did among the last ones.</param>
/// <param name="IsLate">All of it was last seen longer ago than the SLA allows.</param>
internal sealed record SourceFreshness(string Name, string? Place, DateTimeOffset? Listed, TimeSpan? Age, RunRecord? Run, bool IsLate)
{
    /// <param name="runs">Newest first.</param>
    public static IReadOnlyList<SourceFreshness> Of(StatusReport status, IReadOnlyList<RunRecord> runs, DateTimeOffset now) =>
    [
        .. status.Sources.Select(source =>
        {
            var of = runs.Where(run => run.Sources.Contains(source.Name, StringComparer.Ordinal)).ToList();
            var listed = of.Find(run => run.CompleteSync)?.FinishedAt;
            var age = now - listed;
            return new SourceFreshness(source.Name, source.Place, listed, age, of.FirstOrDefault(), age > status.Freshness.Sla);
        }),
    ];
}
