using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>What golden queries got, and what became of it since the run before.</summary>
/// <param name="Run">The run, as it is kept.</param>
/// <param name="Change">Null: there was no run before with which it could be compared.</param>
public sealed record GoldenReport(GoldenRun Run, GoldenChange? Change);
