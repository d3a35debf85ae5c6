using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>Documents that are, and that were.</summary>
internal static class LifecycleStates
{
    public static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public static DocumentSummary Document(string id, string text = "text") => new()
    {
        Id = id,
        Source = "docs",
        SourceId = id,
        TextHash = ContentHash.Of(text),
        Metadata = DocumentMetadata.Empty,
    };

    public static PastState Gone(DocumentSummary document, DateTimeOffset at) =>
        new(document, new CommitMoment(document.Sequence + 1, 1, at), StateEnd.Removed);
}
