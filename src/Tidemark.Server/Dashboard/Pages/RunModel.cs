using System.Globalization;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>One run with its whole report.</summary>
internal sealed record RunModel(RunRecord Run, RunFigures Figures, IReadOnlyList<LedgerEntry> Paid)
{
    /// <summary>Older runs are told by 'tidemark runs'.</summary>
    private const int Most = 1_000;

    public static async Task<RunModel> ReadAsync(Call call)
    {
        var number = call.Arguments.Run("number");
        var (runs, paid) = await call.Index.RunsAsync(Most, call.Namespace, call.Ended);
        var run = runs.FirstOrDefault(one => one.Id == number) ?? throw new TidemarkException(
            ErrorCodes.RunMissing,
            string.Create(CultureInfo.InvariantCulture, $"there is no run {number} among the last {Most} of '{call.Namespace}'"),
            "the page 'Runs' lists those that there are");
        return new RunModel(run, RunFigures.Of(run), [.. paid.Where(entry => entry.Run == run.Id)]);
    }
}
