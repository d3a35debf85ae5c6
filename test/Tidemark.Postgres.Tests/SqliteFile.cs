using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Sqlite;

namespace Tidemark.Postgres.Tests;

/// <summary>The embedded store, for what is compared with it.</summary>
internal static class SqliteFile
{
    /// <summary>In memory: nothing is left of it.</summary>
    public static async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        await SqliteStore.OpenEmptyAsync(clock, CancellationToken.None);
}
