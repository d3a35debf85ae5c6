using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>Finds the documents that answer a golden query.</summary>
/// <param name="query">Its text and its filter are asked.</param>
/// <param name="depth">How many documents.</param>
/// <returns>Their ids, best first, nothing twice.</returns>
public delegate Task<IReadOnlyList<string>> GoldenSearch(GoldenQuery query, int depth, CancellationToken cancellationToken);
