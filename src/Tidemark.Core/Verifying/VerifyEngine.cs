using System.Runtime.ExceptionServices;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>Proves that source, records and index agree, and repairs the index where they do not.</summary>
public sealed class VerifyEngine(ITidemarkStore store, SyncPipeline pipeline, TimeProvider clock)
{
    private readonly SyncEngine _sync = new(store, pipeline, clock);

    /// <summary>
    /// Compares everything with everything. Repairing mends damaged records from what the store still knows, rebuilds the index from
    /// records and embeddings, without an embedding call unless the embedding store itself has lost vectors, and then syncs
    /// sources that differ or hold what is damaged; the report is of the state afterwards.
    /// </summary>
    /// <exception cref="TidemarkException"><c>budget.reached</c>: what was embedded stays; a rerun goes on from there.</exception>
    public async Task<VerifyReport> VerifyAsync(VerifyOptions request, CancellationToken cancellationToken)
    {
        using var span = TidemarkTelemetry.IsEnabled ? TidemarkInstruments.Source.StartActivity("tidemark.verify") : null;
        span?.SetTag("tidemark.namespace", request.NamespaceName);
        var (work, startedAt) = (new Repairs(), clock.GetUtcNow());
        try
        {
            return await VerifyAsync(request, work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (request.Repair && !work.HasSynced && FailedStart.IsOfRun(e))
        {
            await FailedStart.NoteAsync(store, SyncOf(request), e, startedAt, clock).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<VerifyReport> VerifyAsync(VerifyOptions request, Repairs work, CancellationToken cancellationToken)
    {
        var found = request.Records
            ?? (request.Repair
                ? await MendAsync(store.Care, request.NamespaceName, request.Patience, cancellationToken).ConfigureAwait(false)
                : new MendedRecords(await store.Care.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false), 0));
        var records = found.Check;
        work.Repaired = found.Mended;
        work.Warnings.UnionWith(DamageErrors.OfLost(found.Lost));
        if (request.Repair && records.Count > 0 && request.ComparedSources.Count == 0)
        {
            request = request with { Sources = request.Origins };
        }

        if (records.Count > 0 && !request.Repair)
        {
            try
            {
                _ = await store.Index.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
            }
            catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
            {
                return VerifyReport.Of(records, new IndexCheck(), SourceDrift.None, []); // what it is compared with is among what is reported
            }
        }

        var check = await CheckIndexAsync(request, work, cancellationToken).ConfigureAwait(false);
        var (drift, errors) = await CompareAsync(request, records, work, cancellationToken).ConfigureAwait(false);
        if (request.Repair && request.ComparedSources.Count > 0 && (drift.IsDrift || records.Count > 0))
        {
            if (drift.IsDrift)
            {
                await SyncAsync(request, work, cancellationToken).ConfigureAwait(false);
            }

            (records, check) = await TidyAsync(request, records, drift, work, cancellationToken).ConfigureAwait(false);
            (drift, errors) = drift.IsDrift ? await CompareAsync(request, records, work, cancellationToken).ConfigureAwait(false) : (drift, errors);
        }

        return VerifyReport.Of(records, check, drift, errors) with
        {
            Repaired = work.Repaired,
            Synced = work.Synced,
            EmbeddingCalls = work.Embedded,
            Warnings = [.. work.Warnings],
        };
    }

    /// <summary>
    /// The first step of a repair, for those who must read the namespace before they have a pipeline for the others: what it is read
    /// from may itself be damaged.
    /// </summary>
    public static async Task<MendedRecords> MendAsync(
        IRecordCare care, string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(care);
        var records = await care.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return new MendedRecords(records, 0);
        }

        var mended = await care.MendAsync(@namespace, wait, cancellationToken).ConfigureAwait(false);
        return new MendedRecords(await care.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false), mended.Rows) { Lost = mended.Lost };
    }

    /// <summary>
    /// Of a namespace that cannot be read, for what it was built with is damaged: what is wrong with its records; neither its index nor its
    /// sources can be compared.
    /// </summary>
    /// <param name="care">Of the store.</param>
    /// <param name="namespace">Whose records.</param>
    /// <param name="mended">What a repair has made of them; null: none was asked for.</param>
    /// <param name="refusal">Why it cannot be read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TidemarkException">That: its records are sound.</exception>
    public static async Task<VerifyReport> OfRecordsAsync(
        IRecordCare care, string @namespace, MendedRecords? mended, TidemarkException refusal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(care);
        ArgumentNullException.ThrowIfNull(refusal);
        var records = mended?.Check ?? await care.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            ExceptionDispatchInfo.Throw(refusal);
        }

        return VerifyReport.Of(records, new IndexCheck(), SourceDrift.None, []) with
        {
            Repaired = mended?.Mended ?? 0,
            Warnings = [.. DamageErrors.OfLost(mended?.Lost ?? [])],
        };
    }

    /// <summary>
    /// After damaged documents were written anew: what is left over of them goes, unless some item of the sources could not be read or
    /// they lie elsewhere than before, and the index follows. What was damaged and is not any more counts as repaired.
    /// </summary>
    private async Task<(RecordCheck Records, IndexCheck Check)> TidyAsync(
        VerifyOptions request, RecordCheck former, SourceDrift drift, Repairs work, CancellationToken cancellationToken)
    {
        if (former.Count == 0)
        {
            return (former, await store.Index.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false));
        }

        var mended = await store.Care.MendAsync(request.NamespaceName, request.Patience, cancellationToken).ConfigureAwait(false);
        work.Warnings.UnionWith(DamageErrors.OfLost(mended.Lost));
        var records = await store.Care.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        if (drift.Failed == 0 && drift.Guard?.MovedFrom is null && records.Damages.All(damage => damage.Kind == DamageKind.Remnant))
        {
            await store.Care.SweepAsync(request.NamespaceName, request.Patience, cancellationToken).ConfigureAwait(false);
            records = await MendLeftAsync(request, work, cancellationToken).ConfigureAwait(false);
        }

        work.Repaired += Math.Max(0, former.Count - records.Count);
        return (records, await CheckIndexAsync(request, work, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Former states whose chunks went with what was left over of their document cannot be put together any more.</summary>
    private async Task<RecordCheck> MendLeftAsync(VerifyOptions request, Repairs work, CancellationToken cancellationToken)
    {
        var mended = await MendAsync(store.Care, request.NamespaceName, request.Patience, cancellationToken).ConfigureAwait(false);
        work.Warnings.UnionWith(DamageErrors.OfLost(mended.Lost));
        return mended.Check;
    }

    private async Task<IndexCheck> CheckIndexAsync(VerifyOptions request, Repairs work, CancellationToken cancellationToken)
    {
        var check = await store.Index.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        if (!request.Repair || check.IsClean)
        {
            return check;
        }

        work.Embedded += await EmbedAsync(request, check.MissingEmbeddings, cancellationToken).ConfigureAwait(false);
        work.Repaired += await store.Index.RepairAsync(request.NamespaceName, request.Patience, cancellationToken).ConfigureAwait(false);
        return await store.Index.CheckAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What live chunks need and the embedding store has lost.</summary>
    /// <returns>How many were sent to the model.</returns>
    private async Task<long> EmbedAsync(
        VerifyOptions request, IReadOnlyList<MissingEmbedding> lost, CancellationToken cancellationToken)
    {
        if (lost.Count == 0)
        {
            return 0;
        }

        var budget = await RunBudget.OpenAsync(
            request.Spending, pipeline.Model, store.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var embedding = new EmbeddingPipeline(store.EmbeddingPorts(clock), pipeline.Model, budget?.Embedding);
        var cutter = new DocumentCutter(pipeline);
        await embedding.EmbedAsync(
            [.. lost.Select(missing => new EmbeddingInput(missing.Input, cutter.InputOf(missing.Text), default))],
            new EmbeddingPurpose(0, EmbeddingCause.Repair),
            cancellationToken).ConfigureAwait(false);
        return embedding.Usage.Inputs;
    }

    /// <summary>A plan of the sources' own sync that reads everything.</summary>
    private async Task<(SourceDrift Drift, IReadOnlyList<ItemFailure> Errors)> CompareAsync(
        VerifyOptions request, RecordCheck records, Repairs work, CancellationToken cancellationToken)
    {
        if (request.ComparedSources.Count == 0)
        {
            return (SourceDrift.None, []);
        }

        try
        {
            return await CompareAsync(request, work, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt && records.Count > 0)
        {
            // What they are compared with is among what is reported.
            return (SourceDrift.None with { Failed = request.ComparedSources.Count }, DamageErrors.OfUncompared(request.ComparedSources, e));
        }
    }

    private async Task<(SourceDrift Drift, IReadOnlyList<ItemFailure> Errors)> CompareAsync(
        VerifyOptions request, Repairs work, CancellationToken cancellationToken)
    {
        var look = SyncOf(request);
        var plan = await _sync.PlanAsync(look, cancellationToken).ConfigureAwait(false);
        var guard = plan.Guard;
        if (guard is not null)
        {
            // What is held back is there all the same, and counted.
            plan = await _sync.PlanAsync(look with { Guard = DeletionGuard.Off }, cancellationToken)
                .ConfigureAwait(false);
        }

        work.Warnings.UnionWith(plan.Warnings);
        var documents = plan.Documents;

        // What has expired is in no answer, closed or not.
        var expired = plan.Changes?.Count(change => change.Reason == PlannedChange.Expired) ?? 0;
        var drift = new SourceDrift(
            documents.Added, documents.Deleted - expired, documents.Updated, documents.Outdated, documents.Failed)
        {
            Guard = guard,
        };
        return (drift, plan.Errors);
    }

    private async Task SyncAsync(VerifyOptions request, Repairs work, CancellationToken cancellationToken)
    {
        work.HasSynced = true;
        var sync = SyncOf(request) with { Wait = request.Wait, Spending = request.Spending };
        var report = await _sync.SyncAsync(sync, cancellationToken).ConfigureAwait(false);
        work.Warnings.UnionWith(report.Warnings);
        work.Synced = report is { Guard.MovedFrom: not null, Documents.Seen: 0 } ? null : report.Documents;
        work.Embedded += report.Embedding.Inputs;
    }

    private static SyncOptions SyncOf(VerifyOptions request) => new()
    {
        Namespace = request.NamespaceName,
        Sources = request.Sources,
        Cleanup = request.Cleanup,
        AppendOnly = request.AppendOnly,
        Policy = request.Policy,
        Guard = request.Guard,
        KeepText = request.KeepText,
        Rehash = true,
        ChecksStored = true,
        Command = "verify",
    };

    private sealed class Repairs
    {
        public long Repaired { get; set; }

        public long Embedded { get; set; }

        /// <summary>A run of its own was begun, which keeps what ends it.</summary>
        public bool HasSynced { get; set; }

        /// <summary>Each once, however often the sources were looked at.</summary>
        public HashSet<ItemWarning> Warnings { get; } = [];

        public DocumentCounts? Synced { get; set; }
    }
}
