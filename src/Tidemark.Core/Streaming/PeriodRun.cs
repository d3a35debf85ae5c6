using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>The run that stands in the history for one busy period: its parts, its counters, its report.</summary>
internal sealed class PeriodRun
{
    /// <summary>Another worker that delivers does it for all of them.</summary>
    private static readonly TimeSpan PatienceWithDelivery = TimeSpan.FromSeconds(2);

    private readonly IRecordSession _session;
    private readonly SyncPipeline _pipeline;
    private readonly RunBudget? _budget;
    private readonly TimeProvider _clock;
    private readonly RunTally _tally;
    private readonly MeteredEmbeddings _vectors;
    private readonly EmbeddingPipeline _embedding;
    private readonly RunContext _context;
    private readonly RunRecord _record;
    private readonly IndexDelivery _delivery;
    private readonly long _started;

    private PeriodRun(
        ITidemarkStore store, IRecordSession session, SyncPipeline pipeline, Opening opening, TimeProvider clock)
    {
        (_session, _pipeline, _clock) = (session, pipeline, clock);
        (_budget, _record, _started) = (opening.Budget, opening.Record, opening.Started);
        _delivery = new IndexDelivery(store, session, clock) { Patience = PatienceWithDelivery };
        _tally = new RunTally { Observer = opening.Request.Observer };
        _vectors = new MeteredEmbeddings(store.Embeddings);
        _embedding = new EmbeddingPipeline(
            store.EmbeddingPorts(clock) with { Embeddings = _vectors }, pipeline.Model, _budget?.Embedding);
        var desk = new RefusalDesk(store.Quarantine, opening.Request.Namespace, pipeline.Model.Space, clock);
        var purpose = new EmbeddingPurpose(_record.Id, EmbeddingCause.Text, Force: false);
        Sink = new StoreSink(session, _embedding, desk, opening.Generation, purpose)
        {
            KeepsOrder = false,
            Latencies = pipeline.Latencies,
        };
        Decisions = new ChangeDecisions(session, pipeline, opening.Request, _record.StartedAt);
        _context = new RunContext
        {
            Session = session,
            Pipeline = pipeline,
            Request = opening.Request,
            Sink = Sink,
            Progress = new ProgressMeter(null, _tally, _embedding, clock),
            StartedAt = _record.StartedAt,
            LastCompleteSync = null,
            StartSequence = session.Catalog.Namespace.Sequence,
            Tally = _tally,
        };
    }

    public ChangeDecisions Decisions { get; }

    public StoreSink Sink { get; }

    /// <summary>Whether what is written is found only after the period, when it has been brought to another index.</summary>
    public bool IsExternal => _pipeline.Identity.IsExternal;

    public static async Task<PeriodRun> BeginAsync(
        ITidemarkStore store,
        IRecordSession session,
        SyncPipeline pipeline,
        WorkerRequest request,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        PipelineComparison.Require(session.Catalog.Namespace, pipeline.Identity);
        var started = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var budget = await RunBudget.OpenAsync(request.Spending, pipeline.Model, store.Ledger, now, cancellationToken)
            .ConfigureAwait(false);
        if (session.Catalog.Namespace.Generation is null)
        {
            await new IndexDelivery(store, session, clock).RequireAsync(pipeline.Identity, cancellationToken).ConfigureAwait(false);
        }

        var generation = session.Catalog.Namespace.Generation
            ?? await session.Catalog.CreateGenerationAsync(pipeline.Identity, cancellationToken).ConfigureAwait(false);
        var record = await session.Catalog.BeginRunAsync(
            new RunRecord { Namespace = request.Namespace, Command = ChangeWorker.Command, Sources = [], StartedAt = now },
            cancellationToken).ConfigureAwait(false);
        var asSync = new SyncRequest
        {
            Namespace = request.Namespace,
            Sources = [],
            AppendOnly = request.AppendOnly,
            KeepText = request.KeepText,
            Observer = request.Observer,
            Command = ChangeWorker.Command,
        };
        return new PeriodRun(
            store, session, pipeline.Measured(clock), new Opening(asSync, generation, record, budget, started), clock);
    }

    /// <summary>Called by one at a time.</summary>
    public void Count(BatchOutcome outcome)
    {
        foreach (var decision in outcome.Done)
        {
            RunCounting.Count(_tally, decision);
            _tally.Applied++;
            _context.Tell(decision);
            if (ClockRule.Look(decision.Id, decision, _record.StartedAt) is { } warning)
            {
                _tally.Warn(warning);
            }
        }

        outcome.Failures.ForEach(_tally.Fail);
    }

    /// <summary>Notes the run's end in the history.</summary>
    public async Task<SyncReport> CompleteAsync(BusyPeriod period, CancellationToken stop)
    {
        await _embedding.CompleteAsync().ConfigureAwait(false);
        var outcome = period.End switch
        {
            PeriodEnd.Outage => RunOutcome.Failed,
            PeriodEnd.Budget => RunOutcome.Budget,
            _ when stop.IsCancellationRequested => RunOutcome.Cancelled,
            _ => ReportBuilder.OutcomeOf(_tally, guard: null),
        };
        var index = await _delivery.TryDeliverAsync(delivers: true, stop).ConfigureAwait(false);
        outcome = await IndexBuilding.RunAsync(_session, outcome, () => { }, stop).ConfigureAwait(false);
        var report = Report(outcome) with
        {
            Index = index,
            Failure = period is { End: PeriodEnd.Outage, Outage: { } failure } ? RunFailure.Of(failure) : null,
        };
        await _session.Catalog.CompleteRunAsync(
            _record with
            {
                Sources = [.. Decisions.Sources.Select(source => source.Name)],
                FinishedAt = _clock.GetUtcNow(),
                Outcome = outcome,
                ReportJson = SyncReportJson.Of(report),
            },
            CancellationToken.None).ConfigureAwait(false);
        _context.Request.Observer?.OnCompleted(report);
        return report;
    }

    private SyncReport Report(RunOutcome outcome)
    {
        var sources = Decisions.Sources;
        var avoided = AvoidedTokens.Estimate(
            (sources.Sum(source => source.Chunks), sources.Sum(source => source.Tokens)),
            _tally.ChunksUnchanged + _tally.ChunksPatched,
            _tally.NeededTokens,
            _vectors.EstimatedTokens,
            calibration: 1);
        var embedding = ReportBuilder.Count(_pipeline.Model, _context, _embedding.Usage, avoided);
        return new SyncReport
        {
            Run = _record.Id,
            Namespace = _record.Namespace,
            Cleanup = "none",
            Outcome = outcome,
            Documents = _tally.Documents,
            Chunks = _tally.Chunks,
            Embedding = embedding,
            Latency = _pipeline.Latencies?.Summarize() ?? LatencyReport.None,
            Budget = outcome == RunOutcome.Budget ? _budget?.Report(embedding.Cost ?? 0) : null,
            Errors = _tally.Errors,
            Warnings = _tally.Warnings,
            WithoutText = _tally.WithoutText.Count,
            Elapsed = _clock.GetElapsedTime(_started),
        };
    }

    private sealed record Opening(
        SyncRequest Request, GenerationRecord Generation, RunRecord Record, RunBudget? Budget, long Started);
}
