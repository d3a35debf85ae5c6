using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>The last runs with what they did and paid, newest first.</summary>
internal sealed record RunsModel(
    IReadOnlyList<(RunRecord Run, RunFigures Figures, LedgerSum Paid)> Runs, IReadOnlyList<Operation> Operations)
{
    private const int Shown = 60;

    public static async Task<RunsModel> ReadAsync(Call call)
    {
        var (runs, paid) = await call.Index.RunsAsync(Shown, call.Namespace, call.Ended);
        return new RunsModel(
            [.. runs.Select(run => (run, RunFigures.Of(run), LedgerSum.Of(paid.Where(entry => entry.Run == run.Id))))],
            [.. call.Service.Operations.All.Where(one => one.Namespace == call.Namespace).Take(10)]);
    }
}
