using Npgsql;
using Tidemark.Postgres.Storage;

namespace Tidemark.Postgres.Locking;

/// <summary>A connection that holds advisory locks.</summary>
internal static class HeldConnection
{
    /// <summary>Gives the locks back, and the connection.</summary>
    public static async ValueTask ReleaseAsync(this NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("select pg_advisory_unlock_all()", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsTranslatable(e, connection))
        {
            // With the connection the locks are gone, too.
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
