using Shouldly;
using Tidemark.Postgres.Archiving;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests.Storage;

public sealed class CopyMarkTests
{
    [Fact]
    public async Task A_copy_that_is_begun_anew_empties_every_table_of_the_store()
    {
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await using var connection = await TestServer.ConnectAsync(TestServer.Database);

        var tables = await connection.ListAsync(
            "select tablename::text from pg_tables where schemaname = $1 and tablename <> 'store'",
            row => row.GetString(0),
            CancellationToken.None,
            Sql.Of(store.Schema));

        CopyMark.Emptied.ShouldBe(tables, ignoreOrder: true);
    }
}
