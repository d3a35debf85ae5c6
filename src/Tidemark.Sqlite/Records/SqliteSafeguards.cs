using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>
/// Legal holds and what was forgotten, in the store's file. Its transactions are short and touch no document. Nothing is written over what
/// is damaged: a new row could take the number, and with it the copies, of one that is gone.
/// </summary>
internal sealed class SqliteSafeguards(SqliteDatabase database) : ISafeguards
{
    public ValueTask<IReadOnlyList<Safeguard>> ListAsync(string @namespace, SafeguardKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        SafeguardCopies.Require(reader.Connection);
        return ValueTask.FromResult<IReadOnlyList<Safeguard>>(SafeguardTable.List(reader.Connection, @namespace, kind));
    }

    public ValueTask<bool> AddAsync(string @namespace, Safeguard safeguard, CancellationToken cancellationToken) =>
        WriteAsync(connection => SafeguardTable.Add(connection, Require(connection, @namespace), safeguard), cancellationToken);

    public async ValueTask ReplaceAsync(string @namespace, IReadOnlyCollection<Safeguard> safeguards, CancellationToken cancellationToken) => await WriteAsync(
        connection =>
        {
            var id = Require(connection, @namespace);
            foreach (var one in safeguards)
            {
                SafeguardTable.Remove(connection, id, one.Kind, one.Scope, one.Name);
                SafeguardTable.Add(connection, id, one);
            }

            return true;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> RemoveAsync(
        string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken) => WriteAsync(
        connection => SafeguardTable.Remove(connection, NamespaceTable.Find(connection, @namespace).Id, kind, scope, name), cancellationToken);

    public ValueTask<StoreSecret?> FindSecretAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        SafeguardCopies.Require(reader.Connection);
        return ValueTask.FromResult(SecretTable.Find(reader.Connection));
    }

    public ValueTask<StoreSecret> KeepSecretAsync(StoreSecret secret, CancellationToken cancellationToken) =>
        WriteAsync(connection => SecretTable.Keep(connection, secret), cancellationToken);

    private static long Require(SqliteConnection connection, string @namespace) =>
        NamespaceTable.Find(connection, @namespace).Id is > 0 and var id ? id : throw StoreRefusals.NamespaceMissing(@namespace);

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) =>
        {
            SafeguardCopies.Require(connection);
            return write(connection);
        });
    }
}
