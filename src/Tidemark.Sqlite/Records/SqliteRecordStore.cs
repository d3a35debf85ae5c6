using Tidemark.Records;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>Opens namespaces of one database for runs.</summary>
internal sealed class SqliteRecordStore(SqliteDatabase database) : IRecordStore
{
    public async ValueTask<IRecordSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        if (request.ForPlan)
        {
            return new SqliteRecordSession(database, request, Look(request), lease: null);
        }

        var lease = await database.LeaseAsync(request.Wait, cancellationToken).ConfigureAwait(false);
        try
        {
            var found = Look(request);
            if (found.Id == 0)
            {
                using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
                found = writer.InTransaction((connection, _) =>
                {
                    NamespaceTable.Add(connection, request.Namespace);
                    return NamespaceTable.Find(connection, request.Namespace);
                });
            }

            return new SqliteRecordSession(database, request, found, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private StoredNamespace Look(SessionRequest request)
    {
        using var reader = database.Readers.RentSnapshot();
        NamespaceCopies.Require(reader.Connection, request.Namespace);
        var found = NamespaceTable.Find(reader.Connection, request.Namespace);
        if (!request.IsRepair)
        {
            LostRows.RefuseEmptied(reader.Connection, request.Namespace);
            IndexGeneration.RefuseGone(reader.Connection, found.Record.Generation?.Id ?? 0);
        }

        return found;
    }
}
