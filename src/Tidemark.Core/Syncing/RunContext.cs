using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What all parts of one run share.</summary>
internal sealed class RunContext
{
    public required IRecordSession Session { get; init; }

    public required SyncPipeline Pipeline { get; init; }

    public required SyncOptions Request { get; init; }

    public required IDecisionSink Sink { get; init; }

    public required ProgressMeter Progress { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Before this run; null: there was none.</summary>
    public required DateTimeOffset? LastCompleteSync { get; init; }

    /// <summary>The last commit sequence before the run: what is newer was written by the run or beside it.</summary>
    public required long StartSequence { get; init; }

    public required RunTally Tally { get; init; }

    /// <summary>Null: nothing was approved, so everything may be done.</summary>
    public Approval? Approval { get; init; }

    public RunMarks Marks { get; } = new();

    /// <summary>Hears of documents that are committed; null: none are, or nobody listens.</summary>
    public required ISyncObserver? Listener { get; init; }

    /// <summary>Makes a sink that writes nothing.</summary>
    public required Func<IDecisionSink> NewPlanSink { get; init; }

    /// <summary>The same run with nothing held back and nothing done: what it counts is what a run would do. Nobody hears of it.</summary>
    public RunContext Rehearsal() => new()
    {
        Session = Session,
        Pipeline = Pipeline,
        Request = Request with { Guard = DeletionGuard.Off, Force = false, ChecksStored = false, Approved = null, Observer = null },
        Sink = NewPlanSink(),
        NewPlanSink = NewPlanSink,
        Progress = Progress,
        StartedAt = StartedAt,
        LastCompleteSync = LastCompleteSync,
        StartSequence = StartSequence,
        Tally = new RunTally(),
        Listener = null,
    };

    /// <summary>The same run before anything was listed, on what another session sees.</summary>
    public RunContext Over(IRecordSession session) => new()
    {
        Session = session,
        Pipeline = Pipeline,
        Request = Request,
        Sink = Sink,
        NewPlanSink = NewPlanSink,
        Progress = Progress,
        Approval = Approval,
        StartedAt = StartedAt,
        LastCompleteSync = LastCompleteSync,
        StartSequence = StartSequence,
        Tally = Tally,
        Listener = Listener,
    };

    /// <summary>Tells whoever listens of a decision that is committed.</summary>
    public void Tell(Decision decision)
    {
        if (Listener is { } listener && DocumentEvent.Of(decision) is { } change)
        {
            listener.OnDocument(change);
        }
    }
}
