using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Syncing;

/// <summary>On a store of which several runs may write one namespace.</summary>
public sealed class CleanupBesideOthersTests
{
    [Fact]
    public async Task What_somebody_else_wrote_while_a_run_listed_is_not_cleaned_up_by_it()
    {
        await using var store = new InMemoryStore();
        var bench = new SyncBench(store);
        await bench.SyncAsync(Upsert("p1", "one", sourceId: "p"), Upsert("p2", "two", sourceId: "p"));
        var others = new SyncBench(store);
        bench.Generator.Before = async _ => await others.SyncAsync(
            new ScriptedSource("s", [Upsert("p3", "three", sourceId: "p")]), r => r with { Cleanup = CleanupMode.None });

        var report = await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("p1", "ONE", sourceId: "p")]), r => r with { Cleanup = CleanupMode.Incremental });

        report.Documents.Deleted.ShouldBe(1);
        var left = await bench.ExportAsync();
        left.ShouldContain("p1#0");
        left.ShouldContain("p3#0");
        left.ShouldNotContain("p2#0");
    }
}
