using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing;

/// <summary>
/// Takes one source through the run: pages are inspected in parallel, their outcome is taken in the listing's order, and
/// what has to be written goes into batches.
/// </summary>
internal sealed class SourceRun
{
    private readonly RunContext _run;
    private readonly DecisionMaker _decisions;
    private readonly BatchQueue _batches;
    private readonly SecondLooks _secondLooks = new();
    private readonly SecondLookJudge _judge;
    private readonly SourceSightings _sightings;
    private SourcePlace? _place;
    private long _liveInParts;

    public SourceRun(RunContext run, OpenedSource source, SourceRecord record)
    {
        _run = run;
        Source = source;
        Record = record;
        Cleanup = run.Request.AppendOnly ? CleanupMode.None : run.Request.Cleanup ?? source.Source.DefaultCleanup;
        _sightings = new SourceSightings(run.Marks, record.Key);
        var times = new ChangeTimes(run.StartedAt, run.LastCompleteSync, record.LiveDocuments == 0);
        _decisions = new DecisionMaker(new DocumentCutter(run.Pipeline), record.Key, run.Request, times)
        {
            Policy = run.Request.EffectivePolicy.For(record.Name, run.Request.AppendOnly),
        };
        _judge = new SecondLookJudge(run, record.Key, _decisions, _secondLooks, _sightings);
        _batches = new BatchQueue(run)
        {
            OnApplied = Settle,
            OnRefused = LookAgain,
            OnRepeated = _ => _run.Tally.Skipped++,
            OnFailed = Fail,
        };
    }

    public OpenedSource Source { get; }

    public SourceRecord Record { get; }

    public CleanupMode Cleanup { get; }

    /// <summary>As <see cref="IDocumentSource.Parts"/>.</summary>
    public IReadOnlyList<string> Parts => Source.Source.Parts;

    /// <summary>Live documents of what is listed, before the run; of a part known only when it is cleaned up.</summary>
    public long LiveDocuments => Parts.Count == 0 && Source.Source.WholeSourceIds is null ? Record.LiveDocuments : _liveInParts;

    /// <summary>Nothing that was not listed may be taken for deleted unless this holds.</summary>
    public bool ListingIsComplete { get; private set; } = true;

    public long Listed { get; private set; }

    /// <summary>Whether every document that was live before the run was listed.</summary>
    public bool EverythingWasListed => _sightings.LiveDocuments >= Record.LiveDocuments;

    public void CountLive(int documents) => _liveInParts += documents;

    /// <summary>Ids that former releases made for documents which this run added under ids of today.</summary>
    public HashSet<string> FormerIds { get; } = new(StringComparer.Ordinal);

    /// <summary>What is listed, of what was live before the run, as far as that is known by now.</summary>
    public long LiveListed => Math.Max(LiveDocuments, _sightings.LiveDocuments);

    /// <summary>Something of it was held back, so where it lies now is not where its documents are from.</summary>
    public bool IsHeldBack { get; set; }

    public SourceTombstones Tombstones => _sightings.Tombstones;

    /// <summary>Looks where it lies, before anything of it is taken.</summary>
    /// <returns>What is held back of it, which is all; null: it may be taken.</returns>
    public async Task<GuardReport?> LookAtPlaceAsync(CancellationToken cancellationToken)
    {
        _place = await SourcePlace.LookAsync(_run, this, cancellationToken).ConfigureAwait(false);
        var held = _place.Check(_run, this) is { } former
            ? await PlaceGuard.LookAsync(_run, this, former, cancellationToken).ConfigureAwait(false)
            : null;
        if (held is null)
        {
            await _place.NoteAsync(_run, this, atEnd: false, cancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    /// <summary>Remembers where it lies now, for the next run.</summary>
    public Task NotePlaceAsync(CancellationToken cancellationToken) =>
        _place?.NoteAsync(_run, this, atEnd: true, cancellationToken) ?? Task.CompletedTask;

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var inspector = new PageInspector(
            _run.Session, Record.Key, _decisions, _run.Request, _run.Pipeline);
        try
        {
            await foreach (var page in PageStream.InspectAsync(Source, inspector, cancellationToken).ConfigureAwait(false))
            {
                using (page)
                {
                    await TakePageAsync(page, cancellationToken).ConfigureAwait(false);
                    await TellDurableAsync(page, cancellationToken).ConfigureAwait(false);
                }

                _run.Progress.Report(SyncPhase.Listing, Source.Source);
            }

            await TakeSecondLooksAsync(cancellationToken).ConfigureAwait(false);
            if (Listed == 0 && Cleanup == CleanupMode.Full && ListingIsComplete && Source.Source.WholeSourceIds is not { Count: 0 })
            {
                _run.Tally.Warn(NothingTaken());
            }
        }
        catch
        {
            await _batches.DrainAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TellDurableAsync(InspectedPage page, CancellationToken cancellationToken)
    {
        if (page.OnDurable is not { } tell || !_run.Sink.IsDurable)
        {
            return;
        }

        await TakeSecondLooksAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Tally.Failed == 0)
        {
            await tell(cancellationToken).ConfigureAwait(false);
        }
    }

    private ItemWarning NothingTaken() => new(
        Source.Source.Name,
        ErrorCodes.SourceEmpty,
        $"nothing of '{Source.Source.Name}' is taken",
        _run.Tally.NotTaken.Count > 0 && _run.Tally.NotTaken.Keys.All(kind => kind is "link" or "special")
            ? "links and pipes in a folder are not opened: name what they lead to"
        : _run.Tally.NotTaken.Count > 0
            ? "name an extractor for these files (DirectoryOptions.Extractors), or take them as plain text with DirectoryOptions.Include"
            : "check the path, and what DirectoryOptions.Include, DirectoryOptions.Exclude and ignore files leave of it");

    private async Task TakePageAsync(InspectedPage page, CancellationToken cancellationToken)
    {
        Listed += page.Items;
        _run.Tally.CountListed(Source.Source.Name, page);
        foreach (var failure in page.Failures)
        {
            Fail(failure);
        }

        foreach (var warning in page.Warnings)
        {
            _run.Tally.Warn(warning);
        }

        foreach (var (ending, files) in page.NotTaken)
        {
            _run.Tally.LeaveOut(ending, files);
        }

        var next = 0;
        for (var i = 0; i < page.Items; i++)
        {
            if (next < page.Others.Count && page.Others[next].Index == i)
            {
                await TakeOtherAsync(page.Others[next++], page, cancellationToken).ConfigureAwait(false);
            }
            else if (!TakeUnchanged(page.Glances[i]))
            {
                await TakeSuspectAsync(page, i, cancellationToken).ConfigureAwait(false);
            }
        }

        if (_secondLooks.IsLarge)
        {
            await TakeSecondLooksAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False: this run has changed the document since, so that the comparison says nothing any more.</returns>
    private bool TakeUnchanged(in DocumentGlance glance)
    {
        if (_sightings.See(glance))
        {
            _sightings.Find(glance);
            RunCounting.CountUnchanged(_run.Tally, glance);
            return true;
        }

        if (_run.Marks.Changed.Contains(glance.Key.Value))
        {
            return false;
        }

        if (_secondLooks.YieldTo(glance.Key))
        {
            _sightings.Find(glance);
            RunCounting.CountUnchanged(_run.Tally, glance);
        }

        _run.Tally.Skipped++;
        return true;
    }

    private async Task TakeSuspectAsync(InspectedPage page, int index, CancellationToken cancellationToken)
    {
        _run.Tally.Skipped++;
        if (await page.RereadAsync(index, cancellationToken).ConfigureAwait(false) is { } change)
        {
            PutOff(StoredLookup.Undecided(change, page.Glances[index], _run.Request.IgnoreVersions), counted: true);
        }
    }

    private async Task TakeOtherAsync(InspectedItem item, InspectedPage page, CancellationToken cancellationToken)
    {
        if (item.Failure is { } failure)
        {
            _sightings.See(page.Glances[item.Index]);
            Fail(failure);
        }
        else if (item.DeletedSource is { } tombstone)
        {
            await TakeDeletedSourceAsync(tombstone, page, item.Index, cancellationToken).ConfigureAwait(false);
        }
        else if (item.Superseded)
        {
            _run.Tally.Skipped++;
        }
        else
        {
            if (ClockRule.Look(page.Describe(item.Index), item.Decision!, _run.StartedAt) is { } warning)
            {
                _run.Tally.Warn(warning);
            }

            if (UndatedRule.Look(page.Describe(item.Index), item.Decision!) is { } undated)
            {
                _run.Tally.Warn(undated);
            }

            await TakeDecisionAsync(item.Decision!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeDeletedSourceAsync(
        DocumentChange.DeleteSource tombstone, InspectedPage page, int index, CancellationToken cancellationToken)
    {
        if (_run.Request.AppendOnly)
        {
            _run.Tally.Fail(page.FailureOf(index, DecisionMaker.AppendOnly(tombstone.SourceId, "is deleted")));
            return;
        }

        await TakeSecondLooksAsync(cancellationToken).ConfigureAwait(false);
        _run.Tally.Tombstones++;
        var (shared, own) = await _run.Sink.Settled.FindSourceIdAsync(Record.Key, tombstone.SourceId, cancellationToken).ConfigureAwait(false);
        Tombstones.Add(tombstone, shared, own);
    }

    private async Task TakeDecisionAsync(Decision decision, CancellationToken cancellationToken)
    {
        // Seen comes first: it has to be noted. An id that is on its way may be in the store already, but not yet marked.
        var firstSight = _sightings.See(decision.Glance);
        if (!firstSight || _batches.IsUnsettled(decision.Id))
        {
            _run.Tally.Skipped++;
            PutOff(decision, counted: true);
        }
        else if (decision.Glance.Repeats || decision.Conflict is not null)
        {
            PutOff(decision, counted: false);
        }
        else if (decision.Write is null)
        {
            _sightings.Find(decision);
            RunCounting.Count(_run.Tally, decision);
        }
        else if (_run.Approval is { } approval && !approval.Allows(decision.Id, decision.Write))
        {
            _run.Tally.Fail(Approval.Refusal(decision.Id));
        }
        else
        {
            _sightings.Change(decision);
            _run.Tally.Changed++;
            await _batches.AddAsync(decision, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The document was not as expected: this run has written it meanwhile, or somebody else.</summary>
    private void LookAgain(Decision decision, AppliedDocument refused)
    {
        var repeats = _run.Marks.Changed.Contains(refused.Key.Value) && decision.Glance.Key.IsNone;
        _run.Tally.Skipped += repeats ? 1 : 0;
        PutOff(decision, counted: repeats);
    }

    private void PutOff(Decision decision, bool counted)
    {
        if (!_secondLooks.Add(decision, counted))
        {
            _run.Tally.Skipped -= counted ? 1 : 0;
            _run.Tally.Fail(decision.Conflict ?? decision.FailureOf(DocumentDiff.Contradiction(decision)));
        }
    }

    private void Settle(Decision decision, AppliedDocument applied)
    {
        RunCounting.Count(_run.Tally, decision);
        _run.Tally.Applied++;
        _sightings.Settle(decision, applied);
        if (Record.LiveDocuments > 0 && decision is { Verdict: Verdict.Added, Change: DocumentChange.Upsert { Document.FormerId: { } former } })
        {
            FormerIds.Add(former);
        }

        _run.Tell(decision);
    }

    private void Fail(ItemFailure failure)
    {
        _run.Tally.Fail(failure);
        ListingIsComplete &= !failure.HidesDocuments;
    }

    private async Task TakeSecondLooksAsync(CancellationToken cancellationToken)
    {
        await _batches.SettleAsync(cancellationToken).ConfigureAwait(false);
        await _judge.JudgeAllAsync(cancellationToken).ConfigureAwait(false);
    }
}
