using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What of one source the run has seen and changed. Touched by the run's conductor only.</summary>
internal sealed class SourceSightings(RunMarks marks, SourceKey source)
{
    public SourceTombstones Tombstones { get; } = new();

    /// <summary>Documents of the source that were live before the run and have been listed.</summary>
    public long LiveDocuments { get; private set; }

    /// <summary>
    /// Marks a document as listed, so that nobody takes it for left out. Its source id is listed only by what is taken or found
    /// unchanged (<see cref="Find(Decision)"/>, <see cref="Settle"/>): what is refused or gone says nothing of the others.
    /// </summary>
    /// <returns>Whether it is the first time in this run.</returns>
    public bool See(in DocumentGlance glance)
    {
        if (glance.Key.IsNone)
        {
            return true;
        }

        Tombstones.Spare(glance.Key, glance.SourceId);
        if (!marks.Seen.Add(glance.Key.Value))
        {
            return false;
        }

        LiveDocuments += glance.State == DocumentState.Live && glance.Source == source ? 1 : 0;
        return true;
    }

    /// <summary>A document is listed as it is stored.</summary>
    public void Find(in DocumentGlance glance)
    {
        if (glance.State == DocumentState.Live)
        {
            marks.List(glance.SourceId);
        }
    }

    /// <summary>Nothing has to be written of the document.</summary>
    public void Find(Decision decision)
    {
        if (decision is { Verdict: Verdict.Unchanged, Change: DocumentChange.Upsert })
        {
            Find(decision.Glance);
        }
    }

    /// <summary>The document is going to be changed: what was read of the store before says nothing any more.</summary>
    public void Change(Decision decision)
    {
        if (!decision.Glance.Key.IsNone && decision.Verdict is not Verdict.Unchanged)
        {
            marks.Changed.Add(decision.Glance.Key.Value);
        }
    }

    /// <summary>The document was changed. (A plan has no key for what it would add.)</summary>
    public void Settle(Decision decision, AppliedDocument applied)
    {
        if (decision.Write is not DocumentWrite.Remove)
        {
            marks.List(decision.Verdict is Verdict.Unchanged ? decision.Glance.SourceId : applied.SourceId);
        }

        if (applied.Key.IsNone)
        {
            return;
        }

        marks.Seen.Add(applied.Key.Value);
        Tombstones.Spare(applied.Key, applied.SourceId);
        if (decision.Verdict is not Verdict.Unchanged)
        {
            marks.Changed.Add(applied.Key.Value);
        }

        if (decision.Verdict is Verdict.Added)
        {
            marks.Added.Add(applied.Key.Value);
        }
    }
}
