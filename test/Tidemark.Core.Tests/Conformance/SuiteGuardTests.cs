using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Xunit;

namespace Tidemark.Tests.Conformance;

public sealed class SuiteGuardTests
{
    [Fact]
    public void The_reference_model_runs_every_suite()
    {
        SuiteGuard.StoresIn(typeof(InMemoryStore).Assembly).ShouldBe([nameof(InMemoryStore)]);
        SuiteGuard.MissingIn(typeof(SuiteGuardTests).Assembly, "InMemory", isModel: true).ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_suite_is_named() =>
        SuiteGuard.MissingIn(typeof(SuiteGuardTests).Assembly, "Nobody").ShouldContain("RecordStoreConformance");
}
