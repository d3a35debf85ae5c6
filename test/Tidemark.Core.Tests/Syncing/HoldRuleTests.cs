using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class HoldRuleTests
{
    [Theory]
    [InlineData(CleanupMode.Full, null, NamespaceHold.Exclusive)]
    [InlineData(CleanupMode.Incremental, null, NamespaceHold.Shared)]
    [InlineData(CleanupMode.None, null, NamespaceHold.Shared)]
    [InlineData(CleanupMode.Full, CleanupMode.Incremental, NamespaceHold.Shared)]
    [InlineData(CleanupMode.None, CleanupMode.Full, NamespaceHold.Exclusive)]
    public void What_deletes_by_absence_holds_the_namespace_alone(CleanupMode ofSource, CleanupMode? asked, NamespaceHold hold)
    {
        var request = new SyncOptions { Sources = [new ScriptedSource("s", []) { DefaultCleanup = ofSource }], Cleanup = asked };

        HoldRule.For(request).ShouldBe(hold);
    }

    [Fact]
    public void So_does_a_rebuild()
    {
        var request = new SyncOptions { Sources = [], Cleanup = CleanupMode.None };

        HoldRule.For(request).ShouldBe(NamespaceHold.Shared);
        HoldRule.For(request with { Rebuild = true }).ShouldBe(NamespaceHold.Exclusive);
    }

    [Fact]
    public void So_does_a_plan_that_was_approved()
    {
        var approved = new ApprovedPlan { Sequence = 1, Generation = 1, Changes = [], Tokens = 0, Cost = null };

        HoldRule.For(new SyncOptions { Sources = [], Approved = approved }).ShouldBe(NamespaceHold.Exclusive);
    }

    [Fact]
    public void One_source_of_several_is_enough()
    {
        ScriptedSource[] sources =
            [new("a", []) { DefaultCleanup = CleanupMode.None }, new("b", []) { DefaultCleanup = CleanupMode.Full }];

        HoldRule.For(new SyncOptions { Sources = sources }).ShouldBe(NamespaceHold.Exclusive);
    }
}
