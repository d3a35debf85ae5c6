using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

/// <summary>A store of a test's own, and a way into its tables past it.</summary>
internal sealed class PostgresAlteredStore
{
    private string _schema = "";

    public async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock)
    {
        _schema = await TestServer.NewSchemaAsync();
        return new SelfRemovingStore(
            _schema,
            await PostgresStore.OpenAsync(
                TestServer.UrlOfSchema(_schema), new PostgresStoreOptions { CreateIfMissing = true }, clock, CancellationToken.None));
    }

    public Task ExecuteAsync(string sql) => TestServer.ExecuteAsync($"set search_path = {_schema}, public; {sql}", TestServer.Database);
}
