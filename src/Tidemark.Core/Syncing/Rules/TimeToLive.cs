using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>A rule that says how long documents are valid which say nothing of that themselves.</summary>
/// <param name="Documents">Which; of a source, below a path, with metadata.</param>
/// <param name="After">From the date on that is counted from; null: for ever, whatever rules come behind.</param>
public sealed record TimeToLive(MetadataFilter Documents, TimeSpan? After)
{
    /// <summary>Counted from there.</summary>
    public RuleDate From { get; init; } = RuleDate.Modified;

    /// <returns>Null: for ever, or the document has no such date.</returns>
    internal DateTimeOffset? EndOf(Document document) =>
        After is { } after && From.Of(document) is { } date
            ? date < DateTimeOffset.MaxValue - after ? date + after : DateTimeOffset.MaxValue
            : null;
}
