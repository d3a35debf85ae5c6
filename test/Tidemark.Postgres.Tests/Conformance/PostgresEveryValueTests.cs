using Xunit;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresEveryValueTests : PostgresDamagedStore
{
    [Theory]
    [MemberData(nameof(Tables))]
    public Task Values_that_no_store_writes_lead_to_no_defect_and_are_mended(string table) => CheckExtremesAsync(table);
}
