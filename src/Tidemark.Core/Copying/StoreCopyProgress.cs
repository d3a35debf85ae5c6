namespace Tidemark.Copying;

/// <summary>How far a copy is.</summary>
/// <param name="Doing"><c>copied</c>, <c>indexing</c> or <c>compared</c>.</param>
/// <param name="What">The table or namespace at hand.</param>
/// <param name="Rows">So far.</param>
public readonly record struct StoreCopyProgress(string Doing, string What, long Rows);
