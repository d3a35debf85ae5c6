using Xunit;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteEveryRecordTests : SqliteDamagedStore
{
    [Theory]
    [MemberData(nameof(Tables))]
    public Task Whatever_is_damaged_is_said_and_comes_back_or_harms_nothing(string table) => CheckAsync(table);
}
