using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Streaming;

/// <summary>The run that stands in the history for one busy period, or for several that follow each other closely: its parts, its counters, its report.</summary>
internal sealed class PeriodRun
{
    /// <summary>Another worker that delivers does it for all of them.</summary>
    private static readonly TimeSpan PatienceWithDelivery = TimeSpan.FromSeconds(2);

    private readonly RunScope _scope;
    private readonly RunContext _context;

    private PeriodRun(RunScope scope, StoreSink sink)
    {
        (_scope, Sink) = (scope, sink);
        Decisions = new ChangeDecisions(scope.Session, scope.Pipeline, scope.Request, scope.StartedAt);
        _context = scope.Context(sink, scope.Meter(null), scope.Session.Catalog.Namespace.Sequence, scope.Request.Observer);
    }

    public ChangeDecisions Decisions { get; }

    public StoreSink Sink { get; }

    /// <summary>As it stands in the history; null before its end.</summary>
    public WrittenRun? Written => _scope.Written;

    /// <summary>Whether what is written is found only after the period, when it has been brought to another index.</summary>
    public bool IsExternal => _scope.Pipeline.Identity.IsExternal;

    public static async Task<PeriodRun> BeginAsync(
        ITidemarkStore store,
        IRecordSession session,
        SyncPipeline pipeline,
        WorkerOptions request,
        PeriodStart start,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        PipelineComparison.Require(session.Catalog.Namespace, pipeline.Identity);
        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var suppressions = await Suppressions.ReadAsync(store.Safeguards, request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var scope = new RunScope(store, session, pipeline, AsSync(request) with { Suppressions = suppressions }, budget, clock)
        {
            Delivery = new IndexDelivery(store, session, clock) { Patience = PatienceWithDelivery },
            Followers = start.Followers,
            Former = start.Former,
        };
        var generation = await scope.RequireGenerationAsync(cancellationToken).ConfigureAwait(false);
        await scope.BeginAsync([], cancellationToken).ConfigureAwait(false);
        return new PeriodRun(scope, scope.SinkFor(generation, keepsOrder: false));
    }

    /// <summary>Called by one at a time.</summary>
    public void Count(BatchOutcome outcome)
    {
        foreach (var decision in outcome.Done)
        {
            RunCounting.Count(_scope.Tally, decision);
            _scope.Tally.Applied++;
            _context.Tell(decision);
            if (ClockRule.Look(decision.Id, decision, _scope.StartedAt) is { } warning)
            {
                _scope.Tally.Warn(warning);
            }

            if (UndatedRule.Look(decision.Id, decision) is { } undated)
            {
                _scope.Tally.Warn(undated);
            }
        }

        outcome.Failures.ForEach(_scope.Tally.Fail);
    }

    /// <summary>Notes the run's end in the history.</summary>
    public async Task<SyncReport> CompleteAsync(BusyPeriod period, CancellationToken stop)
    {
        var outcome = period.End switch
        {
            PeriodEnd.Outage => RunOutcome.Failed,
            PeriodEnd.Budget => RunOutcome.Budget,
            _ when stop.IsCancellationRequested => RunOutcome.Cancelled,
            _ => ReportBuilder.OutcomeOf(_scope.Tally, guard: null),
        };
        var end = new RunEnd(outcome)
        {
            Sources = [.. Decisions.Sources],
            Delivers = true,
            LeavesIndexes = true,
            Failure = period is { End: PeriodEnd.Outage, Outage: { } failure } ? RunFailure.Of(failure) : null,
        };
        var report = await _scope.CompleteAsync(end, stop).ConfigureAwait(false);
        RunTelemetry.Count(report);
        _scope.Request.Observer?.OnCompleted(report);
        return report;
    }

    /// <summary>What a run would be asked that does with single changes what a worker does.</summary>
    private static SyncOptions AsSync(WorkerOptions request) => new()
    {
        Namespace = request.NamespaceName,
        Sources = [],
        AppendOnly = request.AppendOnly,
        Policy = request.Policy,
        KeepText = request.KeepText,
        Observer = request.Observer,
        Command = ChangeWorker.Command,
    };
}
