using Shouldly;
using Tidemark.Postgres.Care;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Care;

public sealed class CatalogCheckTests
{
    [Fact]
    public async Task The_catalog_holds_what_is_compared_with_it()
    {
        var schema = await TestServer.NewSchemaAsync();
        await (await PostgresStore.OpenAsync(
            TestServer.UrlOfSchema(schema), new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, CancellationToken.None))
            .DisposeAsync();

        var noted = await TestServer.ScalarAsync<string>(
            TestServer.Database,
            $"""
            select string_agg(c.relname, ',') from pg_trigger t join pg_class c on c.oid = t.tgrelid
            join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{schema}' and t.tgname like 'catalog_%'
            """);
        var compared = await TestServer.ScalarAsync<string>(
            TestServer.Database, $"select pg_get_viewdef('{schema}.catalog_rows'::regclass)");

        noted.Split(',').ShouldBe(CatalogCheck.Kinds.Select(kind => kind.Kind), ignoreOrder: true);
        foreach (var (kind, columns, types) in CatalogCheck.Kinds)
        {
            compared.Replace($"{kind}.", "", StringComparison.Ordinal).ShouldContain($"jsonb_build_array({columns})");
            types.Length.ShouldBe(columns.Split(", ").Length);
        }
    }
}
