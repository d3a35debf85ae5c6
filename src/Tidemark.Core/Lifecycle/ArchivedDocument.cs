using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>A document that is gone, and can be brought back.</summary>
/// <param name="State">Its last state, and why it ended.</param>
/// <param name="RecoverableUntil">
/// From then on garbage collection may remove it, of what is not closed yet at the earliest; null: a legal hold covers it.
/// </param>
public sealed record ArchivedDocument(PastState State, DateTimeOffset? RecoverableUntil)
{
    /// <summary>When it left the index: by its own time, if nobody has closed it yet.</summary>
    public DateTimeOffset At { get; } = State.Until?.At ?? State.Document.ExpiresAt ?? default;
}
