using System.Text;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Compares one page of a listing with the store, reads what may have changed, and decides. Works on several pages at
/// once; sees the store as it was when the page was looked at, which compare-and-swap makes safe.
/// </summary>
internal sealed class PageInspector(
    IRecordSession session, SourceKey source, DecisionMaker decisions, SyncOptions request, SyncPipeline pipeline)
{
    public async Task<InspectedPage> InspectAsync(ListingPage page, CancellationToken cancellationToken)
    {
        var count = page.Items.Length;
        var glances = new DocumentGlance[count];
        var inspected = new InspectedPage(page, count, glances);
        try
        {
            await session.GlanceAsync(source, page, glances, cancellationToken).ConfigureAwait(false);
            if (FindCandidates(page, glances) is { } candidates)
            {
                var read = await ReadAsync(page, candidates, inspected, cancellationToken).ConfigureAwait(false);
                await DecideAsync(page, read, glances, inspected, cancellationToken).ConfigureAwait(false);
                PageRepeats.Settle(inspected);
            }
        }
        catch
        {
            inspected.Dispose();
            throw;
        }

        return inspected;
    }

    private bool IsUnchanged(in ListedItem item, in DocumentGlance glance) =>
        glance.State is DocumentState.Live or DocumentState.Tombstoned
        && glance.Source == source
        && !request.Force
        && !request.Rehash
        && request.Expected is null
        && decisions.Policy.Mark(item.Token).Proves(glance.Token)
        && !IsOver(item);

    /// <summary>Its time is over since it was taken: it is read once more, which closes it.</summary>
    private bool IsOver(in ListedItem item) =>
        request.Expired.Count > 0 && request.Expired.Contains(Encoding.UTF8.GetString(item.Id.Span));

    private List<int>? FindCandidates(ListingPage page, DocumentGlance[] glances)
    {
        List<int>? candidates = null;
        var items = page.Items;
        for (var i = 0; i < items.Length; i++)
        {
            if (!IsUnchanged(items[i], glances[i]))
            {
                (candidates ??= []).Add(i);
            }
        }

        return candidates;
    }

    private async Task<List<(int Index, DocumentChange Change)>> ReadAsync(
        ListingPage page, List<int> candidates, InspectedPage inspected, CancellationToken cancellationToken)
    {
        var read = new List<(int, DocumentChange)>(candidates.Count);
        foreach (var index in candidates)
        {
            try
            {
                var started = pipeline.Latencies?.Start() ?? 0;
                var change = await page.ReadAsync(index, cancellationToken).ConfigureAwait(false);
                pipeline.Latencies?.Record(RunStage.Read, started);
                if (change is DocumentChange.DeleteSource whole)
                {
                    inspected.Others.Add(new InspectedItem { Index = index, DeletedSource = whole });
                }
                else
                {
                    read.Add((index, change));
                }
            }
            catch (ItemException e)
            {
                inspected.Others.Add(new InspectedItem { Index = index, Failure = inspected.FailureOf(index, e) });
            }
        }

        return read;
    }

    private async Task DecideAsync(
        ListingPage page,
        List<(int Index, DocumentChange Change)> read,
        DocumentGlance[] glances,
        InspectedPage inspected,
        CancellationToken cancellationToken)
    {
        var keys = new List<DocumentKey>();
        foreach (var (index, _) in read)
        {
            if (!glances[index].Key.IsNone)
            {
                keys.Add(glances[index].Key);
            }
        }

        var records = keys.Count == 0
            ? []
            : await session.LoadAsync(keys, pipeline.NormalizeInput || request.ChecksStored, cancellationToken).ConfigureAwait(false);
        var next = 0;
        foreach (var (index, change) in read)
        {
            var stored = glances[index].Key.IsNone ? null : records[next++];
            try
            {
                inspected.Others.Add(new InspectedItem
                {
                    Index = index,
                    Decision = await decisions.DecideAsync(change, stored, page.Describe(index), cancellationToken).ConfigureAwait(false),
                });
            }
            catch (ItemException e)
            {
                var failure = inspected.FailureOf(index, e);
                inspected.Others.Add(e.Code == ErrorCodes.VersionConflict
                    ? new InspectedItem { Index = index, Decision = StoredLookup.Undecided(change, glances[index], ignoresVersion: false) with { Conflict = failure } }
                    : new InspectedItem { Index = index, Failure = failure });
            }
        }

        inspected.Others.Sort(static (a, b) => a.Index.CompareTo(b.Index));
    }
}
