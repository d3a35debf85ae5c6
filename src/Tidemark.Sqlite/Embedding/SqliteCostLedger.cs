using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Embedding;

/// <summary>Reads what was paid.</summary>
internal sealed class SqliteCostLedger(SqliteDatabase database) : ICostLedger
{
    public ValueTask<IReadOnlyList<LedgerEntry>> MonthsAsync(
        LedgerMonth first, LedgerMonth last, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(LedgerTable.Months(reader.Connection, first, last));
    }

    public ValueTask<IReadOnlyList<LedgerEntry>> RunsAsync(
        IReadOnlyCollection<long> runs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(
            [.. runs.SelectMany(run => LedgerTable.OfRun(reader.Connection, run))]);
    }

    public ValueTask<LedgerSum> SpaceAsync(EmbeddingSpace space, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(
            SpaceTable.Find(reader.Connection, space) is var key and not 0
                ? LedgerTable.OfSpace(reader.Connection, key)
                : default);
    }
}
