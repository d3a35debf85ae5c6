using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class SuiteGuardTests
{
    [Fact]
    public void Every_store_of_the_product_runs_every_suite()
    {
        SuiteGuard.StoresIn(typeof(PostgresStore).Assembly).ShouldBe(["PostgresStore"]);
        SuiteGuard.MissingIn(typeof(SuiteGuardTests).Assembly, "Postgres").ShouldBeEmpty();
    }
}
