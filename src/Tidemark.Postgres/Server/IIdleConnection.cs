using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>The connection of a run, which has nothing to do most of the time while the run reads its sources.</summary>
internal interface IIdleConnection
{
    /// <summary>Looks at something there while no transaction is open, which saves beginning another session; else elsewhere.</summary>
    /// <param name="look">A short question.</param>
    /// <param name="waits">Whether to wait for another question there, as long as nothing was written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<T> LookAsync<T>(Func<NpgsqlConnection, Task<T>> look, bool waits, CancellationToken cancellationToken);
}
