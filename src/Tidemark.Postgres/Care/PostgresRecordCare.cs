using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Checks and mends the records in the database.</summary>
internal sealed class PostgresRecordCare(PostgresDatabase database) : IRecordCare
{
    public ValueTask<RecordCheck> CheckAsync(string @namespace, CancellationToken cancellationToken) => DamageList.GatherAsync(
        async damages => await database.RunAsync(
            async connection =>
            {
                damages.Clear(); // it may be the next try
                await new RecordChecker(connection, database, damages).RunAsync(@namespace, cancellationToken).ConfigureAwait(false);
                return damages;
            },
            cancellationToken).ConfigureAwait(false));

    public ValueTask<RecordMending> MendAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) => ChangeAsync(
        @namespace,
        connection => new RecordMender(connection, @namespace, database.Address.ToString()).RunAsync(cancellationToken),
        wait,
        cancellationToken);

    public ValueTask<long> SweepAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) => ChangeAsync(
        @namespace,
        connection => RecordSweep.RunAsync(connection, @namespace, cancellationToken),
        wait,
        cancellationToken);

    private async ValueTask<T> ChangeAsync<T>(
        string @namespace, Func<NpgsqlConnection, Task<T>> change, TimeSpan wait, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await database.GuardAsync(lease.Connection, async () =>
        {
            var transaction = await lease.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var open = transaction.ConfigureAwait(false);
            var changed = await change(lease.Connection).ConfigureAwait(false);
            await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
            return changed;
        }, cancellationToken).ConfigureAwait(false);
    }
}
