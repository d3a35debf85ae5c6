using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Legal holds and what was forgotten.</summary>
internal sealed class PostgresSafeguards(PostgresDatabase database) : ISafeguards
{
    public async ValueTask<IReadOnlyList<Safeguard>> ListAsync(string @namespace, SafeguardKind kind, CancellationToken cancellationToken) =>
        await database.LookAsync(
            connection => SafeguardTable.ListAsync(connection, @namespace, kind, cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> AddAsync(string @namespace, Safeguard safeguard, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            await RequireAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            return await SafeguardTable.AddAsync(connection, @namespace, safeguard, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public async ValueTask ReplaceAsync(string @namespace, IReadOnlyCollection<Safeguard> safeguards, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            async connection =>
            {
                await RequireAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
                foreach (var one in safeguards)
                {
                    await SafeguardTable.RemoveAsync(connection, @namespace, one.Kind, one.Scope, one.Name, cancellationToken).ConfigureAwait(false);
                    await SafeguardTable.AddAsync(connection, @namespace, one, cancellationToken).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<StoreSecret?> FindSecretAsync(CancellationToken cancellationToken) =>
        await database.RunAsync(connection => SecretTable.FindAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask<StoreSecret> KeepSecretAsync(StoreSecret secret, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
            return await SecretTable.KeepAsync(connection, secret, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask<bool> RemoveAsync(
        string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
            return await SafeguardTable.RemoveAsync(connection, @namespace, kind, scope, name, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    private static async Task RequireAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken)
    {
        await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
        if ((await NamespaceTable.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false)).Id <= 0)
        {
            throw StoreRefusals.NamespaceMissing(@namespace);
        }
    }
}
