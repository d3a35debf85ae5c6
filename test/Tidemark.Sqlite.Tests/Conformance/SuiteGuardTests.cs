using Shouldly;
using Tidemark.Conformance.Support;
using Xunit;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SuiteGuardTests
{
    [Fact]
    public void Every_store_of_the_product_runs_every_suite()
    {
        SuiteGuard.StoresIn(typeof(SqliteStore).Assembly).ShouldBe(["SqliteStore"]);
        SuiteGuard.MissingIn(typeof(SuiteGuardTests).Assembly, "Sqlite").ShouldBeEmpty();
    }
}
