using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Streaming;

/// <summary>How often a change is tried, and how long it rests in between. Pure.</summary>
/// <param name="MostAttempts">Failed attempts after which it is a dead letter.</param>
/// <param name="FirstRest">After the first failure; doubled with each further one.</param>
/// <param name="LongestRest">It rests no longer than this.</param>
public sealed record AttemptRule(int MostAttempts, TimeSpan FirstRest, TimeSpan LongestRest)
{
    /// <summary>Five attempts, after rests of 1, 2, 4 and 8 seconds; at most five minutes.</summary>
    public static AttemptRule Default { get; } = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>
    /// A change whose workers died this often, alone since the third time (<see cref="ClaimRequest.SuspectAfter"/>), is not
    /// given to a further one.
    /// </summary>
    public const int MostLosses = 10;

    /// <summary>What becomes of a change that has failed. What no further attempt can mend is not tried again.</summary>
    public ChangeSettlement AfterFailure(ClaimedChange change, ChangeFailure failure) =>
        change.Attempts + 1 >= MostAttempts || IsFinal(failure)
            ? new ChangeSettlement.Bury(change.Lease, failure)
            : new ChangeSettlement.Retry(change.Lease, failure, RestAfter(change.Attempts));

    /// <summary>The rest after a failure when <paramref name="before"/> attempts had failed before.</summary>
    public TimeSpan RestAfter(int before)
    {
        var rest = FirstRest * Math.Pow(2, Math.Min(before, 20));
        return rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>
    /// The content of a change, and what is stored, stay as they are: so does a conflict of the two, and a text that the model
    /// refuses is not sent again unless somebody asks for it.
    /// </summary>
    private static bool IsFinal(ChangeFailure failure) =>
        failure.Code == ErrorCodes.VersionConflict || IsRefusal(failure.Code);

    private static bool IsRefusal(string code) => code is
        ErrorCodes.EmbeddingQuarantined or ErrorCodes.EmbeddingRefused or ErrorCodes.EmbeddingTooLong or ErrorCodes.EmbeddingInvalid;

    /// <summary>What helps in the queue, where a failed item of a sync has another remedy.</summary>
    public static ItemFailure InQueue(ItemFailure failure) =>
        failure.Code is ErrorCodes.EmbeddingQuarantined or ErrorCodes.EmbeddingRefused
            ? failure with { Remedy = "enqueue it with another text, or 'Queue.RetryAsync()', which sends what was refused again" }
            : failure;

    /// <summary>Why a change that takes its workers down is not tried any more.</summary>
    public static ChangeFailure WorkersLost(ClaimedChange change) => new(
        ErrorCodes.QueueWorkerLost,
        $"{change.Losses} workers died, or lost their lease, while they had '{change.Document}' in hand, the last of them alone",
        "look at what the workers wrote when they ended; then 'Queue.RetryAsync()', or 'Queue.DropAsync()'");
}
