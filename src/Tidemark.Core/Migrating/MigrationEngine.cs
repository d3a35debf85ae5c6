using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing;

namespace Tidemark.Migrating;

/// <summary>
/// Another chunker or model without a gap: a generation is built beside the one that answers and follows it, takes its place in one
/// transaction, and the former one follows from then on, so that the way back is as short.
/// </summary>
/// <param name="store">Of the namespace.</param>
/// <param name="namespace">Whose generations they are.</param>
/// <param name="open">Makes the pipeline of a generation that follows.</param>
/// <param name="clock">Of the runs.</param>
internal sealed class MigrationEngine(ITidemarkStore store, string @namespace, FollowerOpening open, TimeProvider clock)
{
    /// <summary>More than these are brought along by a run, not while everybody waits for a promotion.</summary>
    private const long MostAtOnce = 1_000;

    /// <summary>For another run, in the middle of building.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Documents that change while a generation is built are caught up with; who changes them faster than that is not.</summary>
    private const int MostRounds = 10;

    /// <summary>Whether texts are kept beside chunks that do not add up to them.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>Says why a candidate may not be promoted; null from it: it may. Null: nobody is asked.</summary>
    public Func<CancellationToken, Task<TidemarkException?>>? Gate { get; init; }

    /// <summary>Builds a generation beside the one that answers, or goes on with it.</summary>
    /// <param name="pipeline">What it is built with.</param>
    /// <param name="options">What it may cost, and how long it may wait.</param>
    /// <param name="cancellationToken">Ends it between two pages; the next call goes on.</param>
    /// <returns>Of the run; of a dry one, its price.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: the namespace is built so already; <c>migration.running</c>; …</exception>
    public async Task<SyncReport> StartAsync(SyncPipeline pipeline, MigrationOptions options, CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        var active = known.Generation ?? throw new TidemarkException(
            ErrorCodes.MigrationMissing,
            $"the namespace '{@namespace}' has no index yet, so there is nothing to migrate",
            "sync its sources; a first index is built with whatever is asked for");
        if (active.Pipeline == pipeline.Identity)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the namespace '{@namespace}' is built so already: {active.Pipeline.Summary}",
                "name what is to be another: UseEmbedder(), UseChunker(), ChunkerOptions.Size, ChunkerOptions.Overlap, UseStemming() or UseIndex()");
        }

        if (known.Beside is { Follows: true } beside && beside.Pipeline != pipeline.Identity)
        {
            throw GenerationRefusals.Follows(beside, active);
        }

        var request = RequestOf(options);
        var looking = await store.Records.OpenAsync(
            new SessionRequest(@namespace, TimeSpan.Zero, ForPlan: true, KeepText), cancellationToken).ConfigureAwait(false);
        var session = new BriefSession(store, looking, HoldOf(Patience) with { Hold = NamespaceHold.Shared }, clock)
        {
            IsSlow = pipeline.Model.Requests is not null,
        };
        await using var held = session.ConfigureAwait(false);
        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var scope = new RunScope(store, session, pipeline, request, budget, clock);
        return options.DryRun
            ? await PriceAsync(scope, known, cancellationToken).ConfigureAwait(false)
            : await BuildAsync(
                scope, session, await CreateAsync(scope, options, cancellationToken).ConfigureAwait(false), active, options.Progress, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>What a migration leads to, near enough to what it leads from to be compared with it.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>; <c>migration.behind</c>: it is not built yet.</exception>
    public async Task<GenerationRecord> RequireCandidateAsync(CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        var candidate = Require(known, isCandidate: true);
        return known.Documents - known.DocumentsBeside is > MostAtOnce and var behind ? throw Behind(candidate, behind, null) : candidate;
    }

    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async Task<MigrationStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        var follower = known.Beside is { Follows: true } beside ? await StatusOfAsync(known, beside, cancellationToken).ConfigureAwait(false) : null;
        return new MigrationStatus(
            known.Generation,
            IsCandidate(known) ? follower : null,
            IsFormer(known) ? follower : null)
        {
            PromotedAt = known.PromotedAt,
        };
    }

    /// <summary>Lets the candidate answer; what answered until now follows.</summary>
    /// <exception cref="TidemarkException">
    /// <c>migration.missing</c>: there is none; <c>migration.behind</c>: it lacks documents; <c>migration.blocked</c>: the golden queries
    /// speak against it. What answered goes on answering.
    /// </exception>
    public async Task<MigrationSwitch> PromoteAsync(MigrationOptions options, CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        var candidate = Require(known, isCandidate: true);
        if (Gate is { } gate && await gate(cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            throw refusal;
        }

        return await SwitchAsync(candidate, "promote", options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the generation answer again that did before; what answered until now follows.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>: none is left; <c>migration.behind</c>.</exception>
    public async Task<MigrationSwitch> RollBackAsync(MigrationOptions options, CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        return await SwitchAsync(Require(known, isCandidate: false), "rollback", options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Retires the generation that answered before: there is no way back to it then.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>: none is left, or nothing was promoted yet.</exception>
    public async Task<MigrationSwitch> FinishAsync(MigrationOptions options, CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        return await RetireAsync(Require(known, isCandidate: false), "finish", options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the candidate up. What was embedded for it stays stored until it is collected.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>: there is none.</exception>
    public async Task<MigrationSwitch> CancelAsync(MigrationOptions options, CancellationToken cancellationToken)
    {
        var known = await RequireAsync(cancellationToken).ConfigureAwait(false);
        return await RetireAsync(Require(known, isCandidate: true), "cancel", options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SyncReport> PriceAsync(RunScope scope, NamespaceSummary known, CancellationToken cancellationToken)
    {
        var calibration = await scope.CalibrationAsync().ConfigureAwait(false);
        var sink = new PlanSink(scope.Session, scope.Ports, scope.Pipeline.Model, scope.Purpose, calibration);
        var context = scope.Context(sink, scope.Meter(null), known.Sequence, listener: null);
        var rebuild = new RebuildRun(context, sink, known.Generation!)
        {
            Documents = known.Beside is { } beside && beside.Pipeline == scope.Pipeline.Identity
                ? stop => scope.Session.ListBehindAsync(beside, stop)
                : null,
        };
        await rebuild.RunAsync(cancellationToken).ConfigureAwait(false);
        var report = await scope.ReportAsync(new RunEnd(RunOutcome.Succeeded) { Sources = [] }, sink.Spent).ConfigureAwait(false)
            with
        { Changes = sink.Changes };
        return scope.Budget is { } budget && report.Embedding.Cost > budget.Embedding.Limit
            ? report with { Outcome = RunOutcome.Budget, Budget = budget.ReportPlan(report.Embedding.Cost.Value) }
            : report;
    }

    /// <summary>While nobody else writes, so that every later write knows of it.</summary>
    private async Task<GenerationRecord> CreateAsync(RunScope scope, MigrationOptions options, CancellationToken cancellationToken)
    {
        var session = await store.Records.OpenAsync(HoldOf(options.Patience), cancellationToken).ConfigureAwait(false);
        await using var held = session.ConfigureAwait(false);
        var identity = scope.Pipeline.Identity;
        await new IndexDelivery(store, session, clock).RequireAsync(identity, cancellationToken).ConfigureAwait(false);
        return await session.Catalog.CreateGenerationAsync(identity, follows: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SyncReport> BuildAsync(
        RunScope scope,
        BriefSession session,
        GenerationRecord generation,
        GenerationRecord active,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var run = await scope.BeginAsync([], cancellationToken).ConfigureAwait(false);
        try
        {
            await FillAsync(scope, generation, active, run, progress, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            if (generation.Pipeline.IsExternal)
            {
                await scope.Delivery.DeliverAsync(generation.Pipeline, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            await session.BuildIndexesAsync(generation, () => { }, cancellationToken).ConfigureAwait(false);
            return await EndAsync(ReportBuilder.OutcomeOf(scope.Tally, guard: null), null).ConfigureAwait(false);
        }
        catch (BudgetReachedException)
        {
            return await EndAsync(RunOutcome.Budget, null).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await EndAsync(RunOutcome.Cancelled, null).ConfigureAwait(false);
        }
        catch (TidemarkException e)
        {
            await EndAsync(RunOutcome.Failed, RunFailure.Of(e)).ConfigureAwait(false);
            throw;
        }

        async Task<SyncReport> EndAsync(RunOutcome outcome, RunFailure? failure)
        {
            await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            var end = new RunEnd(outcome) { Sources = [], Failure = failure };
            return await scope.CompleteAsync(end, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Until nothing is behind but what the model refuses: documents change while it is built.</summary>
    private async Task FillAsync(
        RunScope scope,
        GenerationRecord generation,
        GenerationRecord active,
        long run,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var sink = new GenerationSink(scope, generation, run);
        using var meter = scope.Meter(progress);
        var context = scope.Context(
            scope.SinkFor(generation, keepsOrder: true), meter, scope.Session.Catalog.Namespace.Sequence, listener: null);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var before = scope.Tally.Applied;
            var rebuild = new RebuildRun(context, sink, active)
            {
                Documents = stop => scope.Session.ListBehindAsync(generation, stop),
                OnUncut = (document, e) => Fail(document.Id, e.Code, e.Message, e.Remedy),
            };
            await rebuild.RunAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (document, refusal) in sink.Refused)
            {
                Fail(
                    document.Id,
                    refusal.Code,
                    $"a chunk of '{document.Id}' has no vector in the new space: {refusal.Message}",
                    "change or remove the text at its source and sync; or send it once more with SyncOptions.RetryRefused");
            }

            if (scope.Tally.Applied == before)
            {
                return;
            }
        }

        void Fail(string id, string code, string message, string remedy)
        {
            if (refused.Add(id))
            {
                scope.Tally.Fail(new ItemFailure(id, code, message, remedy, HidesDocuments: false));
            }
        }
    }

    private async Task<MigrationSwitch> SwitchAsync(
        GenerationRecord generation, string command, MigrationOptions options, CancellationToken cancellationToken)
    {
        var session = await store.Records.OpenAsync(HoldOf(options.Patience), cancellationToken).ConfigureAwait(false);
        await using var held = session.ConfigureAwait(false);
        var started = clock.GetTimestamp();
        var beside = session.Catalog.Namespace.Beside;
        if (beside?.Id != generation.Id)
        {
            throw Overtaken(generation);
        }

        var run = await BeginAsync(session, command, cancellationToken).ConfigureAwait(false);
        try
        {
            await CatchUpAsync(session, beside, run.Id, options, cancellationToken).ConfigureAwait(false);
            var former = session.Catalog.Namespace.Generation!.Id;
            await session.Catalog.PromoteAsync(beside, keepsFormer: true, cancellationToken).ConfigureAwait(false);
            var elapsed = clock.GetElapsedTime(started);
            await EndAsync(session, run, RunOutcome.Succeeded, null).ConfigureAwait(false);
            return new MigrationSwitch(beside.Id, former, elapsed);
        }
        catch (TidemarkException e)
        {
            await EndAsync(session, run, RunOutcome.Failed, RunFailure.Of(e)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The last changes, while nobody makes others.</summary>
    private async Task CatchUpAsync(
        IRecordSession session, GenerationRecord generation, long run, MigrationOptions options, CancellationToken cancellationToken)
    {
        var follower = new Follower(store, session, RequestOf(options), open, clock);
        if (await follower.BehindAsync().ConfigureAwait(false) is > MostAtOnce and var behind)
        {
            throw Behind(generation, behind, null);
        }

        var report = await follower.FollowAsync(generation, run, long.MaxValue, spent: 0, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (report.Behind > 0)
        {
            throw Behind(generation, report.Behind, report.Failure);
        }
    }

    private async Task<MigrationSwitch> RetireAsync(
        GenerationRecord generation, string command, MigrationOptions options, CancellationToken cancellationToken)
    {
        var session = await store.Records.OpenAsync(HoldOf(options.Patience), cancellationToken).ConfigureAwait(false);
        await using var held = session.ConfigureAwait(false);
        var started = clock.GetTimestamp();
        if (session.Catalog.Namespace.Beside?.Id != generation.Id)
        {
            throw Overtaken(generation);
        }

        var run = await BeginAsync(session, command, cancellationToken).ConfigureAwait(false);
        var (answering, beside) = (session.Catalog.Namespace.Generation!, session.Catalog.Namespace.Beside);
        var left = await new IndexDelivery(store, session, clock).LeaveAsync(beside, answering.Pipeline, cancellationToken).ConfigureAwait(false);
        await session.Catalog.RetireAsync(beside, cancellationToken).ConfigureAwait(false);
        var elapsed = clock.GetElapsedTime(started);
        await EndAsync(session, run, RunOutcome.Succeeded, null).ConfigureAwait(false);
        return new MigrationSwitch(answering.Id, null, elapsed) { Left = left };
    }

    private async Task<FollowerStatus> StatusOfAsync(NamespaceSummary known, GenerationRecord beside, CancellationToken cancellationToken)
    {
        var space = new EmbeddingSpace(beside.Pipeline.Space, beside.Pipeline.Dimensions);
        var paid = await store.Ledger.SpaceAsync(space, cancellationToken).ConfigureAwait(false);
        var index = await store.Outbox.BacklogAsync(beside.Id, cancellationToken).ConfigureAwait(false);
        var behind = known.Documents - known.DocumentsBeside;
        return new FollowerStatus(beside, known.DocumentsBeside, behind, known.ChunksBeside, paid.Usage.Tokens, paid.Cost) { Undelivered = index?.Pending ?? 0 };
    }

    private Task<NamespaceSummary> RequireAsync(CancellationToken cancellationToken) =>
        NamedThings.RequireNamespaceAsync(store.Reader, @namespace, cancellationToken);

    /// <summary>What a migration leads to follows, also after a way back.</summary>
    private static bool IsCandidate(NamespaceSummary known) => known.Beside is { Follows: true } beside && beside.IsNewerThan(known.Generation);

    /// <summary>What it leads from follows.</summary>
    private static bool IsFormer(NamespaceSummary known) => known.Beside is { Follows: true } && !IsCandidate(known);

    private static GenerationRecord Require(NamespaceSummary known, bool isCandidate) =>
        (isCandidate ? IsCandidate(known) : IsFormer(known)) ? known.Beside! : throw Missing(known, isCandidate);

    private static TidemarkException Missing(NamespaceSummary known, bool isCandidate) => new(
        ErrorCodes.MigrationMissing,
        isCandidate && IsFormer(known) ? $"the migration of '{known.Name}' is promoted already: generation {known.Generation?.Id} answers"
        : !isCandidate && IsCandidate(known) ? $"the migration of '{known.Name}' is not promoted, so there is no former generation to go back to"
        : isCandidate ? $"no migration of '{known.Name}' is under way"
        : $"no former generation of '{known.Name}' is left",
        isCandidate && IsFormer(known) ? "'RollBackMigrationAsync()' goes back, 'FinishMigrationAsync()' ends it"
        : !isCandidate && IsCandidate(known) ? "'PromoteMigrationAsync()' promotes it, 'CancelMigrationAsync()' gives it up"
        : "'StartMigrationAsync()' with another UseEmbedder(), UseChunker() or UseStemming() begins one; 'MigrationStatusAsync()' says how things stand");

    private static TidemarkException Overtaken(GenerationRecord generation) => new(
        ErrorCodes.MigrationMissing,
        $"generation {generation.Id} is not beside the one that answers any more: another call was faster",
        "'MigrationStatusAsync()' says how things stand");

    private static TidemarkException Behind(GenerationRecord generation, long behind, RunFailure? failure) => new(
        failure?.Code ?? ErrorCodes.MigrationBehind,
        $"generation {generation.Id} is {Diagnostics.Numbered.Of(behind, "document", "documents")} behind"
        + (failure is null ? "" : $": {failure.Message}"),
        failure?.Remedy ?? (generation.State == GenerationState.Candidate
            ? "run 'StartMigrationAsync()' again, which goes on where it stopped and names what the model refuses; then promote"
            : "syncs bring it along; 'MigrationStatusAsync()' says how far it is"));

    private async Task<RunRecord> BeginAsync(IRecordSession session, string command, CancellationToken cancellationToken) =>
        await session.Catalog.BeginRunAsync(
            new RunRecord { Namespace = @namespace, Command = command, Sources = [], StartedAt = clock.GetUtcNow() },
            cancellationToken).ConfigureAwait(false);

    private async Task EndAsync(IRecordSession session, RunRecord run, RunOutcome outcome, RunFailure? failure)
    {
        var ended = run with { FinishedAt = clock.GetUtcNow(), Outcome = outcome };
        await session.Catalog.CompleteRunAsync(
            ended with { ReportJson = Syncing.History.RunReportJson.Of(ended, failure) }, CancellationToken.None).ConfigureAwait(false);
    }

    private SessionRequest HoldOf(TimeSpan wait) => new(@namespace, wait, ForPlan: false, KeepText) { IsSparse = true };

    private SyncOptions RequestOf(MigrationOptions options) => new()
    {
        Namespace = @namespace,
        Sources = [],
        Spending = options.Spending,
        RetryRefused = options.RetryRefused,
        KeepText = KeepText,
        Wait = options.Wait,
        IsPartial = true,
        Command = "migrate",
    };
}
