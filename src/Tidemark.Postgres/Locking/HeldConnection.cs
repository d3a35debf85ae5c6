using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Locking;

/// <summary>A connection that holds advisory locks.</summary>
internal static class HeldConnection
{
    /// <summary>Gives the locks back, and the connection.</summary>
    public static async ValueTask ReleaseAsync(this NpgsqlConnection connection)
    {
        try
        {
            await ServerLine.Of(connection).WaitAsync(
                connection,
                async () => await connection.ExecuteAsync("select pg_advisory_unlock_all()", CancellationToken.None).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        catch (Exception)
        {
            // With the connection the locks are gone, too.
            connection.Abandon();
        }
        finally
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
        }
    }
}
