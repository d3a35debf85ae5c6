using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Takes one source through the run: pages are inspected in parallel, their outcome is taken in the listing's order, and
/// what has to be written goes into batches.
/// </summary>
internal sealed class SourceRun
{
    /// <summary>Deferred items beyond this many UTF-16 code units are judged before the listing ends.</summary>
    private const long MostDeferred = 8 * 1024 * 1024;

    private readonly RunContext _run;
    private readonly DecisionMaker _decisions;
    private readonly BatchQueue _batches;
    private readonly DeferredItems _deferred = new();
    private readonly SourceTombstones _tombstones = new();

    public SourceRun(RunContext run, OpenedSource source, SourceRecord record)
    {
        _run = run;
        Source = source;
        Record = record;
        Cleanup = run.Request.AppendOnly ? CleanupMode.None : run.Request.Cleanup ?? source.Source.DefaultCleanup;
        _decisions = new DecisionMaker(new DocumentCutter(run.Pipeline), record.Key, run.Request);
        _batches = new BatchQueue(run)
        {
            OnApplied = Settle,
            OnRefused = decision => _deferred.Add(decision, counted: false),
        };
    }

    public OpenedSource Source { get; }

    public SourceRecord Record { get; }

    public CleanupMode Cleanup { get; }

    /// <summary>Nothing that was not listed may be taken for deleted unless this holds.</summary>
    public bool ListingIsComplete { get; private set; } = true;

    public long Listed { get; private set; }

    /// <summary>Documents of this source that were live before the run and were listed.</summary>
    public long LiveListed { get; private set; }

    public SourceTombstones Tombstones => _tombstones;

    public BatchQueue Batches => _batches;

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var inspector = new PageInspector(
            _run.Session, Record.Key, _decisions, _run.Request, _run.Pipeline.NormalizeInput);
        try
        {
            await foreach (var page in PageStream.InspectAsync(Source, inspector, cancellationToken).ConfigureAwait(false))
            {
                using (page)
                {
                    await TakeAsync(page, cancellationToken).ConfigureAwait(false);
                }

                _run.Progress.Report(SyncPhase.Listing, Source.Source);
            }

            await _batches.SettleAsync(cancellationToken).ConfigureAwait(false);
            await JudgeDeferredAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _batches.DrainAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TakeAsync(InspectedPage page, CancellationToken cancellationToken)
    {
        Listed += page.Items;
        _run.Tally.CountListed(Source.Source.Name, page);
        foreach (var failure in page.Failures)
        {
            _run.Tally.Fail(failure);
            ListingIsComplete &= !failure.HidesDocuments;
        }

        var next = 0;
        for (var i = 0; i < page.Items; i++)
        {
            if (next < page.Others.Count && page.Others[next].Index == i)
            {
                await TakeAsync(page.Others[next++], page, cancellationToken).ConfigureAwait(false);
            }
            else if (!TakeUnchanged(page.Glances[i]))
            {
                await TakeSuspectAsync(page, i, cancellationToken).ConfigureAwait(false);
            }
        }

        if (_deferred.Size > MostDeferred)
        {
            await _batches.SettleAsync(cancellationToken).ConfigureAwait(false);
            await JudgeDeferredAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False: this run has changed the document since, so that the comparison says nothing any more.</returns>
    private bool TakeUnchanged(in DocumentGlance glance)
    {
        if (See(glance))
        {
            CountUnchanged(glance);
            return true;
        }

        if (_run.Marks.Changed.Contains(glance.Key.Value))
        {
            return false;
        }

        if (_deferred.YieldTo(glance.Key))
        {
            CountUnchanged(glance);
        }

        _run.Tally.Skipped++;
        return true;
    }

    private void CountUnchanged(in DocumentGlance glance)
    {
        if (glance.State == DocumentState.Tombstoned)
        {
            _run.Tally.Tombstones++;
            return;
        }

        _run.Tally.Skipped++;
        _run.Tally.ChunksUnchanged += glance.Chunks;
    }

    private async Task TakeSuspectAsync(InspectedPage page, int index, CancellationToken cancellationToken)
    {
        if (await page.RereadAsync(index, cancellationToken).ConfigureAwait(false) is { } change and not DocumentChange.DeleteSource)
        {
            _run.Tally.Skipped++;
            _deferred.Add(StoredLookup.Undecided(change, page.Glances[index]), counted: true);
        }
    }

    private async Task TakeAsync(InspectedItem item, InspectedPage page, CancellationToken cancellationToken)
    {
        if (item.Failure is { } failure)
        {
            See(page.Glances[item.Index]);
            _run.Tally.Fail(failure);
        }
        else if (item.DeletedSource is { } tombstone)
        {
            await TakeAsync(tombstone, page, item.Index, cancellationToken).ConfigureAwait(false);
        }
        else if (item.Superseded)
        {
            _run.Tally.Skipped++;
        }
        else
        {
            await TakeAsync(item.Decision!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(
        DocumentChange.DeleteSource tombstone, InspectedPage page, int index, CancellationToken cancellationToken)
    {
        if (_run.Request.AppendOnly)
        {
            _run.Tally.Fail(page.FailureOf(index, DecisionMaker.AppendOnly(tombstone.SourceId, "is deleted")));
            return;
        }

        await _batches.SettleAsync(cancellationToken).ConfigureAwait(false);
        await JudgeDeferredAsync(cancellationToken).ConfigureAwait(false);
        _run.Tally.Tombstones++;
        var source = await _run.Session.Catalog.FindSourceIdAsync(tombstone.SourceId, cancellationToken)
            .ConfigureAwait(false);
        var own = await StoredLookup.FindAsync(
            _run.Session, Record.Key, [tombstone.SourceId], withText: false, cancellationToken).ConfigureAwait(false);
        _tombstones.Add(tombstone, source, own[0]?.Glance.Key ?? default);
    }

    private async Task TakeAsync(Decision decision, CancellationToken cancellationToken)
    {
        var known = !decision.Glance.Key.IsNone;
        var repeats = known ? !See(decision.Glance) : _batches.IsUnsettled(decision.Id);
        if (repeats)
        {
            _run.Tally.Skipped++;
            _deferred.Add(decision, counted: true);
        }
        else if (decision.Glance.Repeats)
        {
            _deferred.Add(decision, counted: false);
        }
        else if (decision.Write is null)
        {
            RunCounting.Count(_run.Tally, decision);
        }
        else
        {
            _run.Tally.Changed++;
            await _batches.AddAsync(decision, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Marks a document as listed.</summary>
    /// <returns>Whether it is the first time in this run.</returns>
    private bool See(in DocumentGlance glance)
    {
        if (glance.Key.IsNone)
        {
            return true;
        }

        _run.Marks.See(glance.SourceId);
        _tombstones.Spare(glance.Key, glance.SourceId);
        if (!_run.Marks.Seen.Add(glance.Key.Value))
        {
            return false;
        }

        LiveListed += glance.State == DocumentState.Live && glance.Source == Record.Key ? 1 : 0;
        return true;
    }

    private void Settle(Decision decision, AppliedDocument applied)
    {
        RunCounting.Count(_run.Tally, decision);
        Mark(decision, applied);
    }

    private void Mark(Decision decision, AppliedDocument applied)
    {
        _run.Tally.Applied++;
        if (applied.Key.IsNone)
        {
            return;
        }

        _run.Marks.See(applied.SourceId);
        _run.Marks.Seen.Add(applied.Key.Value);
        _tombstones.Spare(applied.Key, applied.SourceId);
        if (decision.Verdict is not Verdict.Unchanged)
        {
            _run.Marks.Changed.Add(applied.Key.Value);
        }

        if (decision.Verdict is Verdict.Added)
        {
            _run.Marks.Added.Add(applied.Key.Value);
        }
    }

    /// <summary>Judges what was put off against what is stored now; what is refused again is judged again.</summary>
    private async Task JudgeDeferredAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; _deferred.Count > 0; attempt++)
        {
            if (attempt == 8)
            {
                throw new TidemarkException(
                    ErrorCodes.StoreBusy,
                    "Some documents were changed by others again and again while they were being applied.",
                    "Run the same command again.");
            }

            foreach (var items in _deferred.TakeAll().Chunk(Math.Max(_run.Request.BatchSize, 1)))
            {
                await JudgeAsync(items, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task JudgeAsync(DeferredItem[] items, CancellationToken cancellationToken)
    {
        var stored = await StoredLookup.FindAsync(
            _run.Session, Record.Key, items, _run.Pipeline.NormalizeInput, cancellationToken).ConfigureAwait(false);
        var fresh = new List<(Decision Decision, bool Counted)>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            try
            {
                fresh.Add((_decisions.Decide(items[i].Decision.Change, stored[i]).Repeated(), items[i].Counted));
            }
            catch (ItemException e)
            {
                _run.Tally.Fail(new ItemFailure(items[i].Decision.Id, e.Code, e.Message, e.Remedy, HidesDocuments: false));
            }
        }

        foreach (var (decision, counted) in fresh.Where(f => f.Decision.Write is null))
        {
            RunCounting.CountDeferred(_run, decision, counted);
        }

        var written = fresh.Where(f => f.Decision.Write is not null).ToList();
        if (written.Count == 0)
        {
            return;
        }

        var result = await _run.Sink.SubmitAsync(written.ConvertAll(w => w.Decision), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < written.Count; i++)
        {
            if (result.Documents[i].Applied)
            {
                RunCounting.CountDeferred(_run, written[i].Decision, written[i].Counted);
                Mark(written[i].Decision, result.Documents[i]);
            }
            else
            {
                _deferred.Add(written[i].Decision, written[i].Counted);
            }
        }
    }
}
