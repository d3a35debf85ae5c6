using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>How a decision that was carried out counts in the report.</summary>
internal static class RunCounting
{
    public static void Count(RunTally tally, Decision decision)
    {
        CountDocument(tally, decision.Verdict);
        CountChunks(tally, decision);
        CountText(tally, decision);
    }

    public static void CountUnchanged(RunTally tally, in DocumentGlance glance)
    {
        if (glance.State == DocumentState.Tombstoned)
        {
            tally.Tombstones++;
            return;
        }

        tally.Skipped++;
        tally.ChunksUnchanged += glance.Chunks;
        if (glance.Chunks == 0)
        {
            tally.WithoutText.Add(glance.Key);
        }
    }

    /// <summary>
    /// Counts an item that was judged late. Where another item of its id was counted already (and this one as skipped, as
    /// the loser), the document changes from what it counted as to what it is now.
    /// </summary>
    public static void CountSecondLook(RunContext run, Decision decision, bool counted)
    {
        if (!counted)
        {
            Count(run.Tally, decision);
            return;
        }

        var tally = run.Tally;
        var key = decision.Glance.Key.Value;
        var wasAdded = run.Marks.Added.Contains(key);
        var wasChanged = run.Marks.Changed.Contains(key);
        CountChunks(tally, decision with { Verdict = wasChanged ? Verdict.Edited : decision.Verdict });
        CountText(tally, decision);
        switch (decision.Verdict)
        {
            case Verdict.Deleted:
                tally.Tombstones++;
                tally.Deleted += wasAdded ? 0 : 1;
                Uncount(tally, wasAdded, wasChanged);
                break;
            case Verdict.Added or Verdict.Edited or Verdict.Metadata or Verdict.Reembedded when !wasChanged:
                tally.Skipped--;
                tally.Updated++;
                break;
        }
    }

    private static void Uncount(RunTally tally, bool wasAdded, bool wasChanged)
    {
        if (wasAdded)
        {
            tally.Added--;
        }
        else if (wasChanged)
        {
            tally.Updated--;
        }
        else
        {
            tally.Skipped--;
        }
    }

    private static void CountDocument(RunTally tally, Verdict verdict)
    {
        switch (verdict)
        {
            case Verdict.Unchanged:
                tally.Skipped++;
                break;
            case Verdict.Added:
                tally.Added++;
                break;
            case Verdict.Edited or Verdict.Metadata or Verdict.Reembedded:
                tally.Updated++;
                break;
            case Verdict.Outdated:
                tally.Outdated++;
                break;
            case Verdict.Forgotten:
                tally.Forgotten++;
                break;
            case Verdict.Deleted:
                tally.Tombstones++;
                tally.Deleted++;
                break;
            case Verdict.Buried:
                tally.Tombstones++;
                break;
        }
    }

    /// <summary>What the document is left with: that of the last of its items that was carried out.</summary>
    private static void CountText(RunTally tally, Decision decision)
    {
        tally.WithoutText.Remove(decision.Glance.Key, decision.Id);
        var isEmpty = decision switch
        {
            { Write: DocumentWrite.Put put } => put.Chunks.Count == 0,
            { Verdict: Verdict.Unchanged or Verdict.Outdated } =>
                decision.Glance is { State: DocumentState.Live, Chunks: 0 },
            _ => false,
        };
        if (isEmpty)
        {
            tally.WithoutText.Add(decision.Glance.Key, decision.Id);
        }
    }

    private static void CountChunks(RunTally tally, Decision decision)
    {
        var chunks = decision.Chunks;
        tally.ChunksAdded += chunks.Added;
        foreach (var input in decision.Inputs)
        {
            if (input.Own.IsEmpty)
            {
                tally.NeededTokens += TokenEstimate.Of(input.Text);
            }
            else
            {
                tally.OwnVectors++;
            }
        }

        tally.ChunksPatched += chunks.Patched;
        tally.ChunksDeleted += chunks.Closed;
        tally.ChunksUnchanged += decision.Verdict is Verdict.Unchanged or Verdict.Outdated
            ? decision.Glance.Chunks
            : chunks.Unchanged;
    }
}
