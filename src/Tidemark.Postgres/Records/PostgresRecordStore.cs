using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Opens namespaces of one database for runs.</summary>
internal sealed class PostgresRecordStore(PostgresDatabase database) : IRecordStore
{
    public async ValueTask<IRecordSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        if (request.ForPlan)
        {
            var looked = await database.RunAsync(
                async connection =>
                {
                    var found = await NamespaceTable.FindAsync(connection, request.Namespace, cancellationToken).ConfigureAwait(false);
                    await RefuseAsync(connection, request, found, cancellationToken).ConfigureAwait(false);
                    return found;
                },
                cancellationToken).ConfigureAwait(false);
            return new PostgresRecordSession(database, request, looked, lease: null);
        }

        StoredNamespace? held = null;
        var lease = await NamespaceLease.AcquireAsync(
            database,
            request.Namespace,
            request.Hold,
            request.Wait,
            async (connection, keys, stop) => (held = await NamespaceTable.TakeAsync(
                connection, (NamespaceLease.TakingOf(request.Namespace, request.Hold), keys), request.Namespace, request.Hold, stop)
                .ConfigureAwait(false)) is not null,
            cancellationToken).ConfigureAwait(false);
        try
        {
            await database.GuardAsync(
                lease.Connection,
                async () =>
                {
                    await RefuseAsync(lease.Connection, request, held!, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            return new PostgresRecordSession(database, request, held!, lease);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task RefuseAsync(
        NpgsqlConnection connection, SessionRequest request, StoredNamespace found, CancellationToken cancellationToken)
    {
        NamespaceCopies.Refuse(request.Namespace, found.Difference);
        if (!request.IsRepair)
        {
            LostRows.Refuse(request.Namespace, found.Fault);
            await IndexGeneration.RefuseGoneAsync(connection, found.Record.Generation, cancellationToken).ConfigureAwait(false);
        }
    }
}
