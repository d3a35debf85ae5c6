using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Lets go, at the end of a run, what its complete listings did not name and what was declared gone.</summary>
internal sealed class CleanupRun(RunContext run)
{
    private const int Page = 500;

    /// <summary>What the guard held back, if anything.</summary>
    public GuardReport? Guard { get; private set; }

    public async Task RunAsync(IReadOnlyList<SourceRun> sources, CancellationToken cancellationToken)
    {
        var gone = new List<GoneFromSource>();
        foreach (var source in sources)
        {
            var documents = MayHaveLost(source) || !source.Tombstones.IsEmpty
                ? await FindGoneAsync(source, cancellationToken).ConfigureAwait(false)
                : [];
            if (source.FormerIds.Count > 0 && !run.Request.AppendOnly)
            {
                var known = documents.Select(one => one.Document.Key).ToHashSet();
                documents.AddRange((await FormerNames.FindAsync(run, source, cancellationToken).ConfigureAwait(false))
                    .Where(one => !known.Contains(one.Document.Key)));
            }

            if (documents.Count > 0)
            {
                gone.Add(new(source, documents));
            }
        }

        if (gone.Count > 0)
        {
            await LetGoAsync(gone, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether documents of the source may have been left unlisted, and that means anything.</summary>
    private bool MayHaveLost(SourceRun source) =>
        source.ListingIsComplete
        && !source.EverythingWasListed
        && source.Source.Source.WholeSourceIds is not { Count: 0 }
        && (source.Cleanup == CleanupMode.Full
            || (source.Cleanup == CleanupMode.Incremental && run.Marks.SourceIds.Count > 0));

    private async Task LetGoAsync(List<GoneFromSource> gone, CancellationToken cancellationToken)
    {
        // What came and goes in one run moved nowhere, and nothing moved there.
        List<GoneDocument> all = [.. gone.SelectMany(g => g.Documents).Where(g => !run.Marks.Added.Contains(g.Document.Key.Value))];
        var staying = run.Marks.Added.Without(gone.SelectMany(g => g.Documents).Select(g => g.Document.Key.Value));
        var arrived = await run.Sink.CountArrivedAsync(
            staying, all.Select(g => g.Document.TextHash).ToHashSet(), cancellationToken).ConfigureAwait(false);
        var moved = MoveRule.Pair(all, arrived);
        foreach (var (source, documents) in gone)
        {
            var released = Release(source, documents, moved);
            foreach (var page in released.Chunk(Page))
            {
                var started = run.Pipeline.Latencies?.Start() ?? 0;
                await RemoveAsync(source, page, moved, cancellationToken).ConfigureAwait(false);
                run.Pipeline.Latencies?.Record(RunStage.Cleanup, started);
                run.Progress.Report(SyncPhase.CleaningUp, source.Source.Source);
            }
        }
    }

    private async Task<List<GoneDocument>> FindGoneAsync(SourceRun source, CancellationToken cancellationToken)
    {
        var gone = new List<GoneDocument>();
        var inferable = MayHaveLost(source);
        var whole = await WholeAsync(source, cancellationToken).ConfigureAwait(false);
        foreach (var prefix in source.Parts is { Count: > 0 } parts ? parts : [""])
        {
            await foreach (var page in run.Sink.Settled.ListLiveAsync(source.Record.Key, prefix, cancellationToken)
                .ConfigureAwait(false))
            {
                source.CountLive(page.Count(document => IsOf(whole, document) && !run.Marks.Added.Contains(document.Key.Value)));
                foreach (var document in page)
                {
                    if (source.Tombstones.Deletes(document, out var version))
                    {
                        gone.Add(new GoneDocument(document, version, Replaced: false));
                    }
                    else if (inferable && IsOf(whole, document) && CleanupRule.IsGone(document, source.Cleanup, run.Marks, run.StartSequence))
                    {
                        // A group that was listed whole is no document whose parts were replaced.
                        gone.Add(new GoneDocument(document, null, whole is null && CleanupRule.IsReplaced(document, run.Marks)));
                    }
                }
            }
        }

        return gone;
    }

    /// <returns>The source ids that were listed whole; null: all.</returns>
    private async Task<HashSet<long>?> WholeAsync(SourceRun source, CancellationToken cancellationToken)
    {
        if (source.Source.Source.WholeSourceIds is not { } names)
        {
            return null;
        }

        var whole = new HashSet<long>();
        foreach (var name in names)
        {
            var (shared, _) = await run.Sink.Settled.FindSourceIdAsync(source.Record.Key, name, cancellationToken).ConfigureAwait(false);
            if (!shared.IsNone)
            {
                whole.Add(shared.Value);
            }
        }

        return whole;
    }

    private static bool IsOf(HashSet<long>? whole, in LiveDocument document) => whole?.Contains(document.SourceId.Value) != false;

    /// <summary>What the guard lets pass.</summary>
    private List<GoneDocument> Release(SourceRun source, List<GoneDocument> gone, HashSet<DocumentKey> moved)
    {
        var lost = gone.Count(g => IsLost(g));
        var documents = source.LiveDocuments;
        if (!run.Request.EffectiveGuard.Holds(lost, documents, listedNothing: source.Listed == 0))
        {
            return gone;
        }

        source.IsHeldBack = true;
        var report = new GuardReport(
            lost,
            documents == 0 ? 1 : (double)lost / documents,
            source.Record.Name,
            "If these documents really are gone, " + (
                run.Request.Approved is { MadeBy: { } making } ? $"make the plan anew: {making} DeletionGuard.Off"
                : run.Request.Approved is not null ? "make the plan anew with DeletionGuard.Off."
                : source.Listed == 0 ? "make the same call with DeletionGuard.Off."
                : "make the same call with DeletionGuard.Off, or raise SyncOptions.Guard.")
            + (source.Source.Source.Place is null && source.Listed > 0 ? " If this is another source, give it a name of its own with SyncOptions.SourceName." : ""));
        Guard = Guard is null || Guard.Held < lost ? report : Guard;
        return gone.FindAll(g => !IsLost(g));

        bool IsLost(in GoneDocument g) => g.Tombstone is null && !g.Replaced && !moved.Contains(g.Document.Key);
    }

    private async Task RemoveAsync(
        SourceRun source, GoneDocument[] page, HashSet<DocumentKey> moved, CancellationToken cancellationToken)
    {
        var gone = Approved(await DecideAsync(source.Record.Key, page, moved, cancellationToken).ConfigureAwait(false));
        var results = await run.Sink.SubmitGoneAsync(gone, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < gone.Count; i++)
        {
            if (results[i].IsApplied)
            {
                run.Tally.Deleted++;
                run.Tally.ChunksDeleted += gone[i].Gone.Document.Chunks;
                run.Tally.Moved += gone[i].Moved ? 1 : 0;
                run.Tell(gone[i].Decision);
            }
        }
    }

    private async Task<List<GoneDecision>> DecideAsync(
        SourceKey source, GoneDocument[] page, HashSet<DocumentKey> moved, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(page, g => g.Document.Key);
        var records = await run.Sink.Settled.LoadAsync(keys, cancellationToken).ConfigureAwait(false);
        var decisions = new List<GoneDecision>(page.Length);
        for (var i = 0; i < page.Length; i++)
        {
            if (records[i].IsDamaged && !run.Request.ChecksStored)
            {
                // What it is called, and to which group and source it belongs, may be what is damaged.
                run.Tally.Fail(new ItemFailure(
                    records[i].Id,
                    ErrorCodes.StoreCorrupt,
                    $"'{records[i].Id}' is damaged, so that it cannot be told whether it is the document that is gone; it was left as it is",
                    "run 'VerifyAsync(SOURCE, Repair)' with its source: it is put right, or let go of where it is not there",
                    HidesDocuments: false));
            }
            else if (run.Request.IgnoreVersions || page[i].Tombstone?.CompareTo(records[i].Version) is not < 0)
            {
                decisions.Add(new GoneDecision(page[i], Decide(source, page[i], records[i]), moved.Contains(keys[i])));
            }
        }

        return decisions;
    }

    /// <summary>What the plan names; a document that vanished since stays and is reported.</summary>
    private List<GoneDecision> Approved(List<GoneDecision> gone)
    {
        if (run.Approval is not { } approval)
        {
            return gone;
        }

        var allowed = gone.ConvertAll(one => approval.Allows(one.Decision.Id, one.Decision.Write));
        foreach (var (one, _) in gone.Zip(allowed).Where(pair => !pair.Second))
        {
            run.Tally.Fail(Approval.Refusal(one.Decision.Id));
        }

        return [.. gone.Where((_, i) => allowed[i])];
    }

    private Decision Decide(SourceKey source, in GoneDocument gone, DocumentRecord stored) => new()
    {
        Id = stored.Id,
        Change = new DocumentChange.Delete(stored.Id, stored.SourceId, gone.Tombstone ?? default, ChangeToken.None),
        Glance = stored.Glance,
        Verdict = Verdict.Deleted,
        Chunks = ChunkDiffResult.Nothing with { Closed = gone.Document.Chunks },
        Write = new DocumentWrite.Remove
        {
            Id = stored.Id,
            ExpectedSequence = gone.Document.Sequence,
            Key = gone.Document.Key,
            Source = source,
            SourceId = stored.SourceId,
            State = gone.Tombstone is null ? DocumentState.Removed : DocumentState.Tombstoned,
            Version = gone.Tombstone is { IsNone: false } version && run.Request.IgnoreVersions
                ? version
                : (gone.Tombstone ?? default).After(stored.Version),
        },
    };

    private sealed record GoneFromSource(SourceRun Source, List<GoneDocument> Documents);
}
