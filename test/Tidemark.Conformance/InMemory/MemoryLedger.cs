using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryLedger(MemoryState state) : ICostLedger
{
    public ValueTask<IReadOnlyList<LedgerEntry>> MonthsAsync(
        LedgerMonth first, LedgerMonth last, CancellationToken cancellationToken) => Do(() =>
            state.Payments
                .Where(payment => payment.Month.Number >= first.Number && payment.Month.Number <= last.Number)
                .GroupBy(payment => (payment.Month, payment.Receipt.Cause))
                .OrderByDescending(group => group.Key.Month.Number).ThenBy(group => group.Key.Cause)
                .Select(group => new LedgerEntry(
                    group.Key.Month, 0, group.Key.Cause, group.Select(p => p.Receipt.Run).Distinct().Count(), SumOf(group))));

    public ValueTask<IReadOnlyList<LedgerEntry>> RunsAsync(
        IReadOnlyCollection<long> runs, CancellationToken cancellationToken) => Do(() =>
            from run in runs
            from byCause in state.Payments.Where(payment => payment.Receipt.Run == run)
                .GroupBy(payment => payment.Receipt.Cause).OrderBy(one => one.Key)
            select new LedgerEntry(byCause.First().Month, run, byCause.Key, 1, SumOf(byCause)));

    public ValueTask<LedgerSum> SpaceAsync(EmbeddingSpace space, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(SumOf(state.Payments.Where(payment => payment.Space == space.Name)));
        }
    }

    private static LedgerSum SumOf(IEnumerable<(LedgerMonth Month, string Space, EmbeddingReceipt Receipt)> payments) =>
        payments.Aggregate(default(LedgerSum), (sum, payment) => sum + LedgerSum.Of(payment.Receipt));

    private ValueTask<IReadOnlyList<LedgerEntry>> Do(Func<IEnumerable<LedgerEntry>> query)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<LedgerEntry>>([.. query()]);
        }
    }
}
