using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>Two observers as one.</summary>
internal sealed class SyncObservers(ISyncObserver first, ISyncObserver second) : ISyncObserver
{
    /// <summary>Null where there is neither.</summary>
    public static ISyncObserver? Of(ISyncObserver? first, ISyncObserver? second) =>
        first is null ? second : second is null ? first : new SyncObservers(first, second);

    public void OnDocument(DocumentEvent change)
    {
        first.OnDocument(change);
        second.OnDocument(change);
    }

    public void OnFailure(ItemFailure failure)
    {
        first.OnFailure(failure);
        second.OnFailure(failure);
    }

    public void OnWarning(ItemWarning warning)
    {
        first.OnWarning(warning);
        second.OnWarning(warning);
    }

    public void OnCompleted(SyncReport report)
    {
        first.OnCompleted(report);
        second.OnCompleted(report);
    }
}
