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
        var request = new SyncRequest { Sources = [new ScriptedSource("s", []) { DefaultCleanup = ofSource }], Cleanup = asked };

        HoldRule.For(request).ShouldBe(hold);
    }

    [Fact]
    public void So_does_a_rebuild()
    {
        var request = new SyncRequest { Sources = [], Cleanup = CleanupMode.None };

        HoldRule.For(request).ShouldBe(NamespaceHold.Shared);
        HoldRule.For(request with { Rebuild = true }).ShouldBe(NamespaceHold.Exclusive);
    }
}
