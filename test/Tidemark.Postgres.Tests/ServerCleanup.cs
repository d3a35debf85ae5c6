using Tidemark.Postgres.Server;
using Tidemark.Postgres.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(ServerCleanup))]

namespace Tidemark.Postgres.Tests;

/// <summary>Removes the databases that tests have made.</summary>
public sealed class ServerCleanup : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in TestServer.Databases)
        {
            await TestServer.DropDatabaseAsync(database);
        }
    }
}
