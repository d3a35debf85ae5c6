using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>A document that is gone, and can be brought back.</summary>
/// <param name="State">Its last state, and why it ended.</param>
/// <param name="RecoverableUntil">From then on garbage collection may remove it; null: a legal hold covers it.</param>
public sealed record ArchivedDocument(PastState State, DateTimeOffset? RecoverableUntil);
