using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>The last thing that a run does before its report: so that what it has written is searched fast.</summary>
internal static class IndexBuilding
{
    /// <param name="session">The run's.</param>
    /// <param name="outcome">Of the run so far. One that failed or was cancelled leaves this to the next one.</param>
    /// <param name="onBegin">Called before something is made.</param>
    /// <param name="cancellationToken">Ends it; everything else is written.</param>
    /// <returns>The run's outcome.</returns>
    public static async Task<RunOutcome> RunAsync(
        IRecordSession session, RunOutcome outcome, Action onBegin, CancellationToken cancellationToken)
    {
        if (outcome == RunOutcome.Failed || cancellationToken.IsCancellationRequested)
        {
            return outcome;
        }

        try
        {
            if (session.Catalog.Namespace.Generation is { } generation)
            {
                await session.BuildIndexesAsync(generation, onBegin, cancellationToken).ConfigureAwait(false);
            }

            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return RunOutcome.Cancelled;
        }
    }
}
