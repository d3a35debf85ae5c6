using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Archiving;

/// <summary>One committed state of the schema.</summary>
internal sealed class PostgresReading : IArchiveReading
{
    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _snapshot;

    private PostgresReading(PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction snapshot) =>
        (_database, _connection, _snapshot) = (database, connection, snapshot);

    public static async ValueTask<PostgresReading> OpenAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await database.GuardAsync(
                connection,
                async () =>
                {
                    var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
                    await connection.ExecuteAsync(
                        "set local synchronize_seqscans = off; set local max_parallel_workers_per_gather = 0", cancellationToken).ConfigureAwait(false);
                    return await SafeguardCopies.AreDifferentAsync(connection, cancellationToken).ConfigureAwait(false)
                        ? throw ArchiveSeal.Damaged(ArchiveTables.Safeguards)
                        : new PostgresReading(database, connection, snapshot);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> RowsAsync(
        ArchiveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = ArchiveReader.PagesAsync(_connection, table, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await _database.GuardAsync(_connection, pages.MoveNextAsync, cancellationToken).ConfigureAwait(false))
            {
                yield return pages.Current;
            }
        }
        finally
        {
            if (!ServerLine.Of(_connection).IsLost)
            {
                await pages.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!ServerLine.Of(_connection).IsLost)
        {
            await _snapshot.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.GiveBackAsync().ConfigureAwait(false);
    }
}
