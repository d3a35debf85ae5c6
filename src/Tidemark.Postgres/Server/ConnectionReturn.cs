using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>How connections go back to the pool.</summary>
internal static class ConnectionReturn
{
    /// <summary>What was done with it stands, and a line that breaks at this moment changes nothing of that.</summary>
    public static async ValueTask GiveBackAsync(this NpgsqlConnection connection)
    {
        var line = ServerLine.Of(connection);
        if (line.IsLost)
        {
            return; // whoever hangs in the driver has it; it is closed when that ends
        }

        try
        {
            await line.WaitAsync(connection, connection.DisposeAsync).ConfigureAwait(false);
        }
        catch (Exception)
        {
            connection.Abandon();
        }
    }

    /// <summary>One that does not answer as it should is closed when it is given back, and is nobody's again.</summary>
    public static void Abandon(this NpgsqlConnection connection) => NpgsqlConnection.ClearPool(connection);
}
