using System.Data;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Searches within one transaction that sees what was committed before its first question. Nothing is tried again in it: who
/// asks begins anew, and a question that failed has ended it.
/// </summary>
internal sealed class PostgresSnapshot(PostgresDatabase database) : IIndexSnapshot
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private bool _isOver;

    public ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) => AskAsync(
        query.Generation,
        async (connection, generation) =>
        {
            var answer = await new VectorSearch(connection, generation, query, database.Options.MostCompared)
                .SearchAsync(cancellationToken).ConfigureAwait(false);
            await HitQuery.SoundAsync(connection, generation, answer.Hits, cancellationToken).ConfigureAwait(false);
            return answer;
        },
        cancellationToken);

    public ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken) => AskAsync(
        query.Generation,
        async (connection, generation) =>
        {
            var answer = await new KeywordSearch(connection, generation, database.Address.Schema)
                .SearchAsync(query, cancellationToken).ConfigureAwait(false);
            await HitQuery.SoundAsync(connection, generation, answer.Hits, cancellationToken).ConfigureAwait(false);
            return answer;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        _connection = null;
        if (_transaction is { } transaction)
        {
            await EndAsync(connection, transaction).ConfigureAwait(false);
        }

        await connection.GiveBackAsync().ConfigureAwait(false);
    }

    private async ValueTask<T> AskAsync<T>(
        long number, Func<NpgsqlConnection, IndexGeneration, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            throw IndexGeneration.Replaced(database, number);
        }

        var connection = _connection ??= await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        IndexGeneration? generation = null;
        try
        {
            return await database.GuardAsync(
                connection,
                async () =>
                {
                    var transaction = _transaction ??= await connection
                        .BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
                    try
                    {
                        generation = await IndexGeneration.PinAsync(connection, database, number, cancellationToken).ConfigureAwait(false);
                        return await ask(connection, generation).ConfigureAwait(false);
                    }
                    catch (Exception) // whatever it was, this moment is over
                    {
                        (_transaction, _isOver) = (null, true);
                        await EndAsync(connection, transaction).ConfigureAwait(false);
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (generation is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            // What this transaction sees may be gone for everybody else.
            var now = await database.RunAsync(other => IndexGeneration.PinAsync(other, database, number, cancellationToken), cancellationToken).ConfigureAwait(false);
            throw now.Segments.SequenceEqual(generation.Segments) ? generation.Damaged(database, e.InnerException) : IndexGeneration.Replaced(database, number);
        }
    }

    /// <summary>Nothing was written; a connection that cannot even say so is nobody's again.</summary>
    private static async ValueTask EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var line = ServerLine.Of(connection);
        if (line.IsLost)
        {
            return;
        }

        try
        {
            await line.WaitAsync(connection, transaction.DisposeAsync).ConfigureAwait(false);
        }
        catch (Exception)
        {
            connection.Abandon();
        }
    }
}
