using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>
/// Hears what a run does, while it does it. An extension point: implement what is of interest. Calls come one after the other,
/// never two at once, and hold the run up while they last; an exception ends the run.
/// </summary>
public interface ISyncObserver
{
    /// <summary>A document was written and its batch committed. Unchanged documents are not told of.</summary>
    void OnDocument(DocumentEvent change)
    {
    }

    /// <summary>An item failed; the run goes on.</summary>
    void OnFailure(ItemFailure failure)
    {
    }

    /// <summary>An item was taken, and is odd; the run goes on.</summary>
    void OnWarning(ItemWarning warning)
    {
    }

    /// <summary>The run has ended, in whatever way gives a report.</summary>
    void OnCompleted(SyncReport report)
    {
    }
}
