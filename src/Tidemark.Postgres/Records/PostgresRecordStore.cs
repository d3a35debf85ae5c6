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
                connection => NamespaceTable.FindAsync(connection, request.Namespace, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            Refuse(request, looked);
            return new PostgresRecordSession(database, request, looked, lease: null);
        }

        var lease = await NamespaceLease.AcquireAsync(
            database, request.Namespace, request.Hold, request.Wait, cancellationToken).ConfigureAwait(false);
        try
        {
            var held = await database.GuardAsync(lease.Connection, async () => await NamespaceTable.HoldAsync(
                lease.Connection, request.Namespace, request.Hold, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            Refuse(request, held);
            return new PostgresRecordSession(database, request, held, lease);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void Refuse(SessionRequest request, StoredNamespace found)
    {
        NamespaceCopies.Refuse(request.Namespace, found.Difference);
        if (!request.IsRepair)
        {
            LostRows.Refuse(request.Namespace, found.Fault);
        }
    }
}
