using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Embedding;

/// <summary>Reads what was paid.</summary>
internal sealed class PostgresCostLedger(PostgresDatabase database) : ICostLedger
{
    public async ValueTask<IReadOnlyList<LedgerEntry>> MonthsAsync(
        LedgerMonth first, LedgerMonth last, CancellationToken cancellationToken) => await database.RunAsync(
        connection => LedgerTable.MonthsAsync(connection, first, last, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LedgerEntry>> RunsAsync(
        IReadOnlyCollection<long> runs, CancellationToken cancellationToken) => await database.RunAsync(
        connection => LedgerTable.RunsAsync(connection, runs, cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask<LedgerSum> SpaceAsync(EmbeddingSpace space, CancellationToken cancellationToken) => database.LookAsync(
        connection => LedgerTable.SpaceAsync(connection, space, cancellationToken), cancellationToken);
}
