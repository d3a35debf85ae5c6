using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>Which documents that are gone are removed for good.</summary>
public sealed record PurgeTarget
{
    /// <summary>Only those that are gone since this long or longer; zero: however long they are gone.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Only this document; null: any.</summary>
    public string? Document { get; init; }

    /// <summary>Only those of this source id; null: of any.</summary>
    public string? SourceId { get; init; }

    /// <summary>Somebody has named what is to go, rather than taking whatever is old enough.</summary>
    internal bool IsNamed => Document is not null || SourceId is not null;

    internal bool Names(PastState state) => IsNamed
        && (Document is null || string.Equals(Document, state.Document.Id, StringComparison.Ordinal))
        && (SourceId is null || string.Equals(SourceId, state.Document.SourceId, StringComparison.Ordinal));

    internal bool Covers(PastState state, DateTimeOffset now) => (!IsNamed || Names(state)) && state.Until?.At <= now - Age;
}
