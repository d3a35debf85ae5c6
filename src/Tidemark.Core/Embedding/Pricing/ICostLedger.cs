namespace Tidemark.Embedding.Pricing;

/// <summary>
/// What was paid, in all namespaces of a store. Entries are made by <see cref="IEmbeddingStore.PutAsync"/>, in the
/// transaction that stores what they paid for.
/// </summary>
public interface ICostLedger
{
    /// <summary>What was paid from one month to another (both included), by month (newest first) and cause.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> MonthsAsync(
        LedgerMonth first, LedgerMonth last, CancellationToken cancellationToken);

    /// <summary>What the named runs paid, by run and cause; a run that paid nothing is left out.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> RunsAsync(
        IReadOnlyCollection<long> runs, CancellationToken cancellationToken);

    /// <summary>What was ever paid for vectors of one space.</summary>
    ValueTask<LedgerSum> SpaceAsync(EmbeddingSpace space, CancellationToken cancellationToken);
}
