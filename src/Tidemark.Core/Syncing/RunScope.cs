using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Rewinding;
using Tidemark.Syncing.History;

namespace Tidemark.Syncing;

/// <summary>
/// What everything shares that ends in a <see cref="SyncReport"/>, be it a run, a plan or a worker's busy period: one tally, one
/// way to the model, one way to an external index, one end.
/// </summary>
internal sealed class RunScope
{
    private readonly ITidemarkStore _store;
    private readonly TimeProvider _clock;
    private readonly MeteredEmbeddings _vectors;
    private readonly long _created;
    private readonly RunTrouble _trouble = new();
    private RunRecord? _record;

    /// <param name="store">Holds the namespace.</param>
    /// <param name="session">The namespace, held or only looked at.</param>
    /// <param name="pipeline">Is measured from now on.</param>
    /// <param name="request">What is to be done, and who hears of it.</param>
    /// <param name="budget">Null: nothing is limited.</param>
    /// <param name="clock">Of the run.</param>
    public RunScope(
        ITidemarkStore store,
        IRecordSession session,
        SyncPipeline pipeline,
        SyncOptions request,
        RunBudget? budget,
        TimeProvider clock)
    {
        (_store, _clock, Session, Request, Budget) = (store, clock, session, request, budget);
        _created = clock.GetTimestamp();
        StartedAt = clock.GetUtcNow();
        Pipeline = _trouble.Watch(pipeline.Measured(clock));
        Tally = new RunTally { Observer = request.Observer };
        if (request.Command != SyncOptions.ForgetCommand && UnfinishedErasure.Warning(request) is { } unfinished)
        {
            Tally.Warn(unfinished);
        }

        _vectors = new MeteredEmbeddings(store.Embeddings);
        Embedding = new EmbeddingPipeline(Ports with { Embeddings = _vectors }, Pipeline.Model, budget?.Embedding);
        Delivery = new IndexDelivery(store, session, clock);
        Refusals = new RefusalDesk(store.Quarantine, request.NamespaceName, Pipeline.Model.Space, clock);
    }

    /// <summary>What the model is asked for.</summary>
    public EmbeddingPurpose Purpose => new(_record?.Id ?? 0, EmbeddingCause.Text, Request.Force, Request.RetryRefused);

    public IRecordSession Session { get; }

    public SyncPipeline Pipeline { get; }

    public SyncOptions Request { get; }

    public RunBudget? Budget { get; }

    public DateTimeOffset StartedAt { get; }

    public RunTally Tally { get; }

    public EmbeddingPipeline Embedding { get; }

    public EmbeddingPorts Ports => _store.EmbeddingPorts(_clock);

    public IndexDelivery Delivery { get; init; }

    /// <summary>Of what the model refuses in this run.</summary>
    public RefusalDesk Refusals { get; }

    /// <summary>Makes the pipeline of the generation that follows; null: whoever runs does not know how, and it lags.</summary>
    public FollowerOpening? Followers { get; init; }

    /// <summary>The run that this goes on with, where the store lets it; null: it is a run of its own.</summary>
    public WrittenRun? Former { get; init; }

    /// <summary>As it stands in the history; null before its end.</summary>
    public WrittenRun? Written { get; private set; }

    /// <summary>A timestamp of the clock: when the call came that this answers. Else: when this was made.</summary>
    public long? CalledAt { get; init; }

    /// <summary>The generation that answers; where there is none it is made.</summary>
    /// <exception cref="TidemarkException"><c>index.foreign</c>, …: its index may not be used; nothing was written.</exception>
    public async Task<GenerationRecord> RequireGenerationAsync(CancellationToken cancellationToken)
    {
        if (Session.Catalog.Namespace.Generation is { } generation)
        {
            return generation;
        }

        await Delivery.RequireAsync(Pipeline.Identity, cancellationToken).ConfigureAwait(false);
        return await Session.Catalog.CreateGenerationAsync(Pipeline.Identity, follows: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says which of the folders that are listed hold another source.</summary>
    public Task WarnOfOverlapsAsync(IReadOnlyList<OpenedSource> opened, CancellationToken cancellationToken) =>
        SourceOverlap.WarnAsync(_store, Tally, Request.NamespaceName, opened, cancellationToken);

    /// <summary>Notes the run in the history.</summary>
    /// <param name="sources">By name; none: those that turn up are noted at its end.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    /// <returns>Its number.</returns>
    public async Task<long> BeginAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        _record = await Session.Catalog.BeginRunAsync(
            new RunRecord
            {
                Id = Former?.Record.Id ?? 0,
                Namespace = Request.NamespaceName,
                Command = Request.Command,
                Sources = sources,
                StartedAt = StartedAt,
                Plan = Request.Approved?.Fingerprint,
            },
            cancellationToken).ConfigureAwait(false);
        if (await Rewinding.LookAsync(Session.Catalog.Namespace.Sighting, StartedAt, cancellationToken).ConfigureAwait(false) is { } rewound)
        {
            Tally.Warn(new ItemWarning(
                Request.NamespaceName, ErrorCodes.StoreRewound, RewindWatch.MessageOf(rewound, Request.NamespaceName), RewindWatch.Remedy));
        }

        return _record.Id;
    }

    private RewindWatch Rewinding => new(_store, Request.NamespaceName, _clock);

    /// <summary>Writes into a generation, in the name of the run that has begun.</summary>
    public StoreSink SinkFor(GenerationRecord generation, bool keepsOrder) => new(
        Session,
        Embedding,
        Refusals,
        generation,
        Purpose)
    {
        KeepsOrder = keepsOrder,
        Latencies = Pipeline.Latencies,
    };

    public ProgressMeter Meter(IProgress<SyncProgress>? receiver) => new(receiver, Tally, Embedding, _clock);

    /// <param name="sink">Takes what is decided.</param>
    /// <param name="progress">Of the whole run.</param>
    /// <param name="startSequence">What is newer was written by the run or beside it.</param>
    /// <param name="listener">Hears of documents that are committed; null: none are, or nobody listens.</param>
    public RunContext Context(IDecisionSink sink, ProgressMeter progress, long startSequence, ISyncObserver? listener) => new()
    {
        Session = Session,
        Pipeline = Pipeline,
        Request = Request,
        Sink = sink,
        NewPlanSink = () => new PlanSink(Session, Ports, Pipeline.Model, default, calibration: 1),
        Progress = progress,
        Approval = Request.Approved is { } plan ? new Approval(plan) : null,
        StartedAt = StartedAt,
        LastCompleteSync = Session.Catalog.Namespace.LastCompleteSync,
        StartSequence = startSequence,
        Tally = Tally,
        Listener = listener,
    };

    /// <summary>
    /// The end of whatever has begun: what is under way to the model is kept, what waits for an external index is brought to it, what
    /// follows is brought along, indexes are built while others may write again, and the report stands in the history.
    /// </summary>
    public async Task<SyncReport> CompleteAsync(RunEnd end, CancellationToken cancellationToken)
    {
        await Embedding.CompleteAsync().ConfigureAwait(false);
        var index = await Delivery.TryDeliverAsync(end.Delivers, end.Delivers ? cancellationToken : CancellationToken.None)
            .ConfigureAwait(false);
        var outcome = OutcomeOf(end, index, cancellationToken);
        var follower = await FollowAsync(outcome, cancellationToken).ConfigureAwait(false);
        if (!end.LeavesIndexes)
        {
            outcome = await IndexBuilding.RunAsync(Session, outcome, end.OnIndexing, cancellationToken).ConfigureAwait(false);
        }

        var usage = Embedding.Usage;
        var spent = new EmbeddingSpent(usage, _vectors.EstimatedTokens, usage.Inputs > 0 ? Pipeline.Model.EndpointName : null);
        var report = await ReportAsync(end with { Outcome = outcome }, spent).ConfigureAwait(false) with { Index = index, Follower = follower };
        var former = Former is { } before && before.Record.Id == _record!.Id ? before : null;
        var whole = former is null ? report : ReportSum.OfParts(former.Report, report);
        var named = end.Sources.Select(source => source.Name);
        var record = _record! with
        {
            Sources = _record.Sources.Count > 0 ? _record.Sources : [.. (former?.Record.Sources ?? []).Union(named, StringComparer.Ordinal)],
            FinishedAt = _clock.GetUtcNow(),
            Outcome = whole.Outcome,
            CompleteSync = end.ListedEverything && !Request.IsPartial && index is not { Pending: > 0 }
                && outcome is RunOutcome.Succeeded or RunOutcome.Partial,
            ReportJson = RunReportJson.Of(whole),
        };
        await Session.Catalog.CompleteRunAsync(record, CancellationToken.None).ConfigureAwait(false);
        if (Session.Catalog.Namespace is { } @namespace && @namespace.Sighting?.Sequence != @namespace.Sequence)
        {
            await Rewinding.RememberAsync(CancellationToken.None).ConfigureAwait(false);
        }

        Written = new WrittenRun(record, whole);
        return report;
    }

    /// <summary>After everything else: what follows the index that answers never holds it up.</summary>
    private async Task<FollowerReport?> FollowAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        if (Session.Catalog.Namespace.Beside is not { Follows: true } generation)
        {
            return null;
        }

        const long FewestDocuments = 1_000;
        var follower = new Follower(_store, Session, Request, Followers ?? NobodyAsync, _clock);
        var most = outcome is RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Guarded ? Math.Max(FewestDocuments, Tally.Applied) : 0;
        var spent = TokenPrice.CostOf(Embedding.Usage.Tokens, Pipeline.Model.PricePerMillionTokens) ?? 0;
        var report = await follower.FollowAsync(generation, _record!.Id, most, spent, cancellationToken).ConfigureAwait(false);
        if (report.Failure is { } failure)
        {
            Tally.Warn(new ItemWarning(Request.NamespaceName, failure.Code, $"the generation that follows lags: {failure.Message}", failure.Remedy));
        }

        return report;

        static ValueTask<SyncPipeline> NobodyAsync(GenerationRecord generation, CancellationToken cancellationToken) =>
            throw new TidemarkException(
                ErrorCodes.EmbeddingSpace,
                $"this program has no embedder for '{generation.Pipeline.Space}'",
                "add that embedder where the index is put together (AddEmbedder())");
    }

    /// <param name="end">Of a run that is over, or of a plan.</param>
    /// <param name="spent">Or what would be.</param>
    public async Task<SyncReport> ReportAsync(RunEnd end, EmbeddingSpent spent)
    {
        var avoided = AvoidedTokens.Estimate(
            (end.Sources.Sum(source => source.Chunks), end.Sources.Sum(source => source.Tokens)),
            Tally.Chunks.Unchanged + Tally.ChunksPatched,
            Tally.NeededTokens,
            spent.EstimatedTokens,
            await CalibrationAsync().ConfigureAwait(false));
        var embedding = ReportBuilder.Count(Pipeline.Model, Tally, spent, avoided);
        var @namespace = Session.Catalog.Namespace;
        return new SyncReport
        {
            Run = _record?.Id,
            Namespace = Request.NamespaceName,
            Cleanup = end.Cleanup,
            Outcome = end.Outcome,
            Documents = Tally.Documents,
            Chunks = Tally.Chunks,
            Embedding = embedding,
            Guard = end.Guard,
            Latency = Pipeline.Latencies?.Summarize() ?? LatencyReport.None,
            Budget = end.Outcome == RunOutcome.Budget ? Budget?.Report(embedding.Cost ?? 0) : null,
            Errors = Tally.Errors,
            Warnings = Tally.Warnings,
            NotTaken = Tally.NotTaken,
            WithoutText = Tally.WithoutText.Count,
            Elapsed = _clock.GetElapsedTime(CalledAt ?? _created),
            MadeFor = (@namespace.Sequence, @namespace.Generation?.Id ?? 0),
            Failure = end.Failure ?? (end.Outcome == RunOutcome.Cancelled ? _trouble.Failure : null),
            Plan = Request.Approved?.Fingerprint,
            Sources = Tally.Sources,
        };
    }

    /// <summary>Tokens that the provider reports for each estimated one. What costs nothing needs none: then no ledger is opened.</summary>
    public async ValueTask<decimal> CalibrationAsync() => Pipeline.Model.PricePerMillionTokens is 0
        ? 1
        : (await _store.Ledger.SpaceAsync(Pipeline.Model.Space, CancellationToken.None).ConfigureAwait(false)).Calibration;

    /// <summary>Whoever was told to stop while something waits for its index has not done all there was to do.</summary>
    private static RunOutcome OutcomeOf(RunEnd end, IndexReport? index, CancellationToken cancellationToken) =>
        end is { Delivers: true, Outcome: not (RunOutcome.Budget or RunOutcome.Failed) }
        && index is { Pending: > 0 } && cancellationToken.IsCancellationRequested
            ? RunOutcome.Cancelled
            : end.Outcome;
}
