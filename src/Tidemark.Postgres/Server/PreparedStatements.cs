using System.Data;
using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>
/// What the driver prepares of itself, which it does when a statement comes a second time. Where the server refuses the statement in
/// that moment (or it is cancelled), the driver takes it for prepared, but does not know its columns: the next use fails with
/// "unexpected backend message", on a connection that went back to the pool (https://github.com/npgsql/npgsql/issues/6391).
/// So a connection on which something failed prepares anew. That costs a round trip, and only then.
/// </summary>
internal static class PreparedStatements
{
    /// <summary>Work that spoils nothing for the next one when it fails; its own transaction has ended by then.</summary>
    public static async ValueTask<T> CleanlyAsync<T>(this NpgsqlConnection connection, Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not TidemarkException { InnerException: null }) // what we refuse ourselves was no statement's failure
        {
            await connection.ForgetPreparedAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Not in a transaction that has failed: roll back first.</summary>
    public static async ValueTask ForgetPreparedAsync(this NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
        {
            return; // a broken one is not given back
        }

        try
        {
            await Task.Run(connection.UnprepareAll, CancellationToken.None).ConfigureAwait(false); // the driver has no asynchronous form
        }
        catch (Exception)
        {
            // The failure that brought us here is the one to be told.
            connection.Abandon();
        }
    }
}
