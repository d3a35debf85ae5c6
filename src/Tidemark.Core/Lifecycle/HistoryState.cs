using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>One state of a document, and in what it differs from the one before.</summary>
/// <param name="State">What it was, from when to when, and why it ended.</param>
/// <param name="Changed">
/// <c>added</c> where nothing was live before it; else which of <c>text</c>, <c>metadata</c>, <c>source</c>, <c>sourceId</c>,
/// <c>version</c>, <c>modifiedAt</c>, <c>expiresAt</c>, <c>tier</c>. Null: what came before it is not kept any more.
/// </param>
public sealed record HistoryState(PastState State, IReadOnlyList<string>? Changed);
