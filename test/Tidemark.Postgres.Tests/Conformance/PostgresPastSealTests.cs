using Tidemark.Conformance.Care;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresPastSealTests : PastSealConformance
{
    private string _schema = "";

    protected override async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock)
    {
        _schema = await TestServer.NewSchemaAsync();
        return new SelfRemovingStore(
            _schema,
            await PostgresStore.OpenAsync(
                TestServer.UrlOfSchema(_schema), new PostgresStoreOptions { CreateIfMissing = true }, clock, CancellationToken.None));
    }

    protected override Task ExecuteAsync(string sql) =>
        TestServer.ExecuteAsync($"set search_path = {_schema}, public; {sql}", TestServer.Database);
}
