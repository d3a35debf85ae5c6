using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Syncing;

/// <summary>Finds the run that did a plan, or began to.</summary>
public static class PlanHistory
{
    /// <returns>Null: none of the recent runs did it.</returns>
    public static async ValueTask<RunRecord?> FindAsync(
        IRecordReader reader, string @namespace, ApprovedPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Fingerprint is not { } fingerprint)
        {
            return null;
        }

        return await PastReports.FirstAsync(
            reader, @namespace, (run, report) => (report?.Plan ?? run.Plan) == fingerprint ? run : null, cancellationToken).ConfigureAwait(false);
    }
}
