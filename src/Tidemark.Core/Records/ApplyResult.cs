namespace Tidemark.Records;

/// <param name="Sequence">The commit sequence of the batch.</param>
/// <param name="Documents">One for each write, in its order.</param>
public sealed record ApplyResult(long Sequence, IReadOnlyList<AppliedDocument> Documents);

/// <param name="Applied">False: the document was not as expected; nothing of this write was done.</param>
public readonly record struct AppliedDocument(bool Applied, DocumentKey Key, SourceIdKey SourceId)
{
    /// <summary>Refused because the queued change is somebody else's by now, or done: there is nothing to look at again.</summary>
    public bool IsLeaseLost { get; init; }
}
