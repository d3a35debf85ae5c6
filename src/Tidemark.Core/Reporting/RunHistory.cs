using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>Runs, newest first.</summary>
/// <param name="Paid">What the ledger has of these runs, by run and cause; a run that paid nothing is left out.</param>
public sealed record RunHistory(IReadOnlyList<RunRecord> Runs, IReadOnlyList<LedgerEntry> Paid);
