using Tidemark.Documents;

namespace Tidemark.Lifecycle;

/// <summary>What became of a legal hold that somebody asked for.</summary>
/// <param name="IsNew">False: it was there, and stays as it was.</param>
/// <param name="Warnings">That nothing has the name yet, so that it may be a mistyped one.</param>
public sealed record AddedHold(bool IsNew, IReadOnlyList<ItemWarning> Warnings);
