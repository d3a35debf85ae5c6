using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Syncing;

/// <summary>Keeps, as of any run that failed, what ended one before it could begin: its model could not be asked what it is, its source not be opened, its index not be reached.</summary>
internal static class FailedStart
{
    /// <summary>Whether it says that a run was tried: not that it was asked for wrongly, and not that another is at work.</summary>
    public static bool IsOfRun(Exception failure) => failure is TidemarkException known
        ? ErrorKinds.Of(known.Code) is not (ErrorKind.Usage or ErrorKind.Busy)
        : failure is OperationCanceledException;

    /// <summary>Notes it in the history; where even that fails, the first failure is the one to tell.</summary>
    /// <param name="store">Of the run.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="failure">What ended it.</param>
    /// <param name="startedAt">When the call came.</param>
    /// <param name="clock">Of the run.</param>
    public static async Task NoteAsync(
        ITidemarkStore store, SyncOptions request, Exception failure, DateTimeOffset startedAt, TimeProvider clock)
    {
        var hold = new SessionRequest(request.NamespaceName, TimeSpan.Zero, ForPlan: false, request.KeepText)
        {
            Hold = HoldRule.For(request),
        };
        try
        {
            var session = await store.Records.OpenAsync(hold, CancellationToken.None).ConfigureAwait(false);
            await using var held = session.ConfigureAwait(false);
            await NoteAsync(session, request, failure, startedAt, clock).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
            // Another run holds the namespace, or the store fails as well.
        }
    }

    /// <summary>The same for whoever holds the namespace.</summary>
    /// <param name="session">Of the run.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="failure">What ended it.</param>
    /// <param name="startedAt">When the call came.</param>
    /// <param name="clock">Of the run.</param>
    public static async Task NoteAsync(
        IRecordSession session, SyncOptions request, Exception failure, DateTimeOffset startedAt, TimeProvider clock)
    {
        try
        {
            var run = await session.Catalog.BeginRunAsync(
                new RunRecord
                {
                    Namespace = request.NamespaceName,
                    Command = request.Command,
                    Sources = [.. request.ListedSources.Select(source => source.Name)],
                    StartedAt = startedAt,
                },
                CancellationToken.None).ConfigureAwait(false);
            var ended = run with
            {
                FinishedAt = clock.GetUtcNow(),
                Outcome = failure is OperationCanceledException ? RunOutcome.Cancelled : RunOutcome.Failed,
            };
            await session.Catalog.CompleteRunAsync(
                ended with { ReportJson = RunReportJson.Of(ended, failure is TidemarkException ? RunFailure.Of(failure) : null) },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
            // The store fails as well.
        }
    }
}
