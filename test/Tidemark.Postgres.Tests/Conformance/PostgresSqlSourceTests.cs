using Tidemark.Conformance.Sources;
using Tidemark.Indexing;
using Tidemark.Sources;

namespace Tidemark.Postgres.Tests.Conformance;

/// <summary>A database of PostgreSQL that is asked, not followed.</summary>
public sealed class PostgresSqlSourceTests : SqlSourceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    protected override async ValueTask<SqlWorld> MakeDatabaseAsync()
    {
        var schema = await TestServer.NewSchemaAsync();
        await TestServer.ExecuteAsync($"create schema {schema}", TestServer.Database);
        return await SqlWorld.MakeAsync(
            PostgresConnections.Open(TestServer.UrlOfSchema(schema)),
            SqlDialect.Postgres,
            "timestamp with time zone",
            "clock_timestamp()",
            async () => await TestServer.ExecuteAsync($"drop schema {schema} cascade", TestServer.Database));
    }
}
