using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>One run from its first row to its report.</summary>
internal sealed class SyncRun(
    ITidemarkStore store,
    IRecordSession session,
    SyncPipeline pipeline,
    SyncRequest request,
    RunBudget? budget,
    TimeProvider clock)
{
    private readonly RunTally _tally = new() { Observer = request.Observer };
    private readonly MeteredEmbeddings _vectors = new(store.Embeddings);
    private readonly List<SourceRun> _sources = [];
    private readonly IndexDelivery _delivery = new(store, session, clock);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private EmbeddingPipeline? _embedding;
    private GuardReport? _guard;
    private IndexReport? _index;
    private RunFailure? _failure;

    private EmbeddingPipeline Embedding => _embedding ??= new EmbeddingPipeline(
        store.EmbeddingPorts(clock) with { Embeddings = _vectors }, pipeline.Model, budget?.Embedding);

    public async Task<SyncReport> SyncAsync(
        IReadOnlyList<OpenedSource> opened,
        IProgress<SyncProgress>? progress,
        long started,
        CancellationToken cancellationToken)
    {
        var former = session.Catalog.Namespace.Generation;
        var startSequence = session.Catalog.Namespace.Sequence;
        if (former is null || request.Rebuild)
        {
            await _delivery.RequireAsync(pipeline.Identity, cancellationToken).ConfigureAwait(false);
        }

        var generation = former
            ?? await session.Catalog.CreateGenerationAsync(pipeline.Identity, cancellationToken).ConfigureAwait(false);
        var record = await session.Catalog.BeginRunAsync(NewRecord(opened), cancellationToken).ConfigureAwait(false);
        WarnOfClock(session.Catalog.Namespace.LastCompleteSync);
        var meter = new ProgressMeter(progress, _tally, Embedding, clock);
        var purpose = new EmbeddingPurpose(record.Id, EmbeddingCause.Text, request.Force);
        RunContext? run = null;
        try
        {
            run = Context(Sink(generation, purpose), meter, startSequence);
            if (request.Rebuild && former is not null)
            {
                var rebuild = new RebuildRun(run, Embedding)
                {
                    Cause = PipelineComparison.CauseOf(former.Pipeline, pipeline.Identity),
                    Delivery = _delivery,
                };
                generation = await rebuild.RunAsync(record.Id, cancellationToken).ConfigureAwait(false);
                run = Context(Sink(generation, purpose), meter, session.Catalog.Namespace.Sequence);
            }

            await ListAndCleanUpAsync(run, opened, cancellationToken).ConfigureAwait(false);
            var outcome = ReportBuilder.OutcomeOf(_tally, _guard);
            _index = await _delivery.TryDeliverAsync(delivers: true, cancellationToken).ConfigureAwait(false);
            outcome = cancellationToken.IsCancellationRequested && _index is { Pending: > 0 } ? RunOutcome.Cancelled : outcome;
            return await CompleteAsync(record, run, outcome, started, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetReachedException) when (run is not null)
        {
            _index = await _delivery.TryDeliverAsync(delivers: true, cancellationToken).ConfigureAwait(false);
            return await CompleteAsync(record, run, RunOutcome.Budget, started, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && run is not null)
        {
            return await CompleteAsync(record, run, RunOutcome.Cancelled, started, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (run is not null)
        {
            _failure = RunFailure.Of(e);
            await TryFailAsync(record, run, started).ConfigureAwait(false);
            throw;
        }
    }

    public async Task<SyncReport> PlanAsync(
        IReadOnlyList<OpenedSource> opened,
        IProgress<SyncProgress>? progress,
        long started,
        CancellationToken cancellationToken)
    {
        var former = session.Catalog.Namespace.Generation;
        var calibration = await CalibrationAsync().ConfigureAwait(false);
        var sink = new PlanSink(store.EmbeddingPorts(clock), pipeline.Model, request.Force, calibration);
        var meter = new ProgressMeter(progress, _tally, Embedding, clock);
        var run = Context(sink, meter, session.Catalog.Namespace.Sequence);
        if (request.Rebuild && former is not null)
        {
            var rebuild = new RebuildRun(run, Embedding) { Cause = PipelineComparison.CauseOf(former.Pipeline, pipeline.Identity) };
            await rebuild.PlanAsync(sink, cancellationToken).ConfigureAwait(false);
        }

        await ListAndCleanUpAsync(run, opened, cancellationToken).ConfigureAwait(false);
        var report = await ReportAsync(null, run, ReportBuilder.OutcomeOf(_tally, _guard), started).ConfigureAwait(false);
        return budget is not null && report.Embedding.Cost > budget.Embedding.Limit
            ? report with { Outcome = RunOutcome.Budget, Budget = budget.Report(report.Embedding.Cost.Value) }
            : report;
    }

    private StoreSink Sink(GenerationRecord generation, EmbeddingPurpose purpose) => new(
        session,
        Embedding,
        new RefusalDesk(store.Quarantine, request.Namespace, pipeline.Model.Space, clock),
        generation,
        purpose)
    {
        Latencies = pipeline.Latencies,
    };

    private RunContext Context(IBatchSink sink, ProgressMeter meter, long startSequence) => new()
    {
        Session = session,
        Pipeline = pipeline,
        Request = request,
        Sink = sink,
        Progress = meter,
        Approval = request.Approved is { } plan ? new Approval(plan) : null,
        StartedAt = _startedAt,
        LastCompleteSync = session.Catalog.Namespace.LastCompleteSync,
        StartSequence = startSequence,
        Tally = _tally,
    };

    private async Task ListAndCleanUpAsync(
        RunContext run, IReadOnlyList<OpenedSource> opened, CancellationToken cancellationToken)
    {
        foreach (var source in opened)
        {
            var record = await session.Catalog.RegisterSourceAsync(source.Source.Name, cancellationToken).ConfigureAwait(false);
            var sourceRun = new SourceRun(run, source, record);
            _sources.Add(sourceRun);
            await sourceRun.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var cleanup = new CleanupRun(run);
        await cleanup.RunAsync(_sources, cancellationToken).ConfigureAwait(false);
        _guard = cleanup.Guard;
    }

    private void WarnOfClock(DateTimeOffset? before)
    {
        if (ClockStep.Back(before, _startedAt) is { } back)
        {
            _tally.Warn(new ItemWarning(
                request.Namespace,
                ErrorCodes.ClockWentBack,
                ClockStep.Message("the last complete sync", back),
                "see that the clock is right now; what was put off by the one that was ahead is taken up"));
        }
    }

    private RunRecord NewRecord(IReadOnlyList<OpenedSource> opened) => new()
    {
        Namespace = request.Namespace,
        Command = request.Command,
        Sources = [.. opened.Select(source => source.Source.Name)],
        StartedAt = _startedAt,
    };

    private async Task<SyncReport> ReportAsync(long? id, RunContext run, RunOutcome outcome, long started)
    {
        var avoided = await AvoidedAsync(run).ConfigureAwait(false);
        var embedding = ReportBuilder.Count(pipeline.Model, run, Embedding.Usage, avoided);
        return new SyncReport
        {
            Run = id,
            Namespace = request.Namespace,
            Cleanup = ReportBuilder.CleanupOf(_sources, request),
            Outcome = outcome,
            Documents = _tally.Documents,
            Chunks = _tally.Chunks,
            Embedding = embedding,
            Guard = _guard,
            Index = _index,
            Latency = pipeline.Latencies?.Summarize() ?? LatencyReport.None,
            Budget = outcome == RunOutcome.Budget ? budget?.Report(embedding.Cost ?? 0) : null,
            Errors = _tally.Errors,
            Warnings = _tally.Warnings,
            NotTaken = _tally.NotTaken,
            WithoutText = _tally.WithoutText.Count,
            Elapsed = clock.GetElapsedTime(started),
            MadeFor = (session.Catalog.Namespace.Sequence, session.Catalog.Namespace.Generation?.Id ?? 0),
            Changes = run.Plan?.Changes,
            Failure = _failure,
            Plan = request.Approved?.Fingerprint,
            Sources = _tally.Sources,
        };
    }

    private async ValueTask<AvoidedTokens> AvoidedAsync(RunContext run)
    {
        var (chunks, tokens) = (0L, 0L);
        foreach (var source in _sources)
        {
            chunks += source.Record.Chunks;
            tokens += source.Record.Tokens;
        }

        return AvoidedTokens.Estimate(
            (chunks, tokens),
            _tally.ChunksUnchanged + _tally.ChunksPatched,
            _tally.NeededTokens,
            run.Plan is { } plan ? plan.EstimatedTokens : _vectors.EstimatedTokens,
            await CalibrationAsync().ConfigureAwait(false));
    }

    /// <summary>What costs nothing needs no calibration: then no ledger is opened.</summary>
    private ValueTask<decimal> CalibrationAsync()
    {
        return pipeline.Model.PricePerMillionTokens is 0 ? ValueTask.FromResult(1m) : LookUpAsync();

        async ValueTask<decimal> LookUpAsync() =>
            (await store.Ledger.SpaceAsync(pipeline.Model.Space, CancellationToken.None).ConfigureAwait(false)).Calibration;
    }

    private async Task<SyncReport> CompleteAsync(
        RunRecord record, RunContext run, RunOutcome outcome, long started, CancellationToken cancellationToken)
    {
        await Embedding.CompleteAsync().ConfigureAwait(false);
        outcome = await IndexBuilding.RunAsync(session, outcome, () => run.Progress.ReportNow(SyncPhase.Indexing, null), cancellationToken)
            .ConfigureAwait(false);
        _index ??= await _delivery.TryDeliverAsync(delivers: false, CancellationToken.None).ConfigureAwait(false);
        var report = await ReportAsync(record.Id, run, outcome, started).ConfigureAwait(false);
        var finished = record with
        {
            FinishedAt = clock.GetUtcNow(),
            Outcome = outcome,
            CompleteSync = !request.IsPartial
                && outcome is RunOutcome.Succeeded or RunOutcome.Partial
                && _sources.TrueForAll(source => source is { ListingIsComplete: true, Parts.Count: 0 }),
            ReportJson = SyncReportJson.Of(report),
        };
        await session.Catalog.CompleteRunAsync(finished, CancellationToken.None).ConfigureAwait(false);
        return report;
    }

    /// <summary>Notes the failure in the history; where even that fails, the first failure is the one to tell.</summary>
    private async Task TryFailAsync(RunRecord record, RunContext run, long started)
    {
        try
        {
            await CompleteAsync(record, run, RunOutcome.Failed, started, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
            // The next run closes this one as failed.
        }
    }
}
