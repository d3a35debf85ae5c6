using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Xunit;
using static Tidemark.Core.Tests.Lifecycle.LifecycleStates;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>Which documents a hold keeps, and what is said to who would take them away.</summary>
public sealed class LegalHoldsTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new(TimeProvider.System);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("b", "a", false)]
    [InlineData("b", "group", true)]
    [InlineData("group", "b", false)]
    [InlineData("once", "elsewhere", true)]
    [InlineData("a2", "group2", false)]
    public async Task A_document_is_held_by_its_name_by_its_source_id_and_by_one_that_it_had(string document, string sourceId, bool isHeld)
    {
        var bench = new SyncBench(_store);
        await bench.SyncAsync(ScriptedSource.Upsert("once", "text", sourceId: "group"));
        await bench.SyncAsync(ScriptedSource.Upsert("once", "text", sourceId: "elsewhere"));
        var holds = await ReadAsync(Hold(SafeguardScope.Document, "a"), Hold(SafeguardScope.SourceId, "group"));

        holds.Covers(document, sourceId).ShouldBe(isHeld);
        holds.Covers(Document(document) with { SourceId = sourceId }).ShouldBe(isHeld);
    }

    [Fact]
    public async Task A_refusal_says_what_is_held_since_when_why_and_how_it_ends()
    {
        await new SyncBench(_store).SyncAsync(ScriptedSource.Upsert("x", "text"));
        var holds = await ReadAsync(Hold(SafeguardScope.Document, "a") with { Note = "case 17" }, Hold(SafeguardScope.SourceId, "group"));

        var document = holds.Refusal(Document("a"));
        var source = holds.Refusal(Document("b") with { SourceId = "group" });

        document.Code.ShouldBe(ErrorCodes.HoldHeld);
        document.Message.ShouldBe($"'a' is held since {Rfc3339.Of(Now)} ('case 17')");
        document.Remedy.ShouldBe("when the hold is over: ReleaseHoldAsync(\"a\")");
        source.Message.ShouldBe($"'b' is held since {Rfc3339.Of(Now)}");
        source.Remedy.ShouldBe("when the hold is over: ReleaseHoldAsync(Source: \"group\")");
    }

    [Theory]
    [InlineData("a", "group", "\"a\"")]
    [InlineData("once", "elsewhere", "\"elsewhere\"")]
    [InlineData("once", "free", "\"group\"")]
    public async Task Of_several_holds_the_one_of_the_document_is_told_then_that_of_its_source_id_then_that_of_a_former_one(
        string document, string sourceId, string told)
    {
        var bench = new SyncBench(_store);
        await bench.SyncAsync(ScriptedSource.Upsert("once", "text", sourceId: "group"), ScriptedSource.Upsert("a", "text", sourceId: "group"));
        await bench.SyncAsync(ScriptedSource.Upsert("once", "text", sourceId: "free"));
        var holds = await ReadAsync(
            Hold(SafeguardScope.SourceId, "group"), Hold(SafeguardScope.SourceId, "elsewhere"), Hold(SafeguardScope.Document, "a"));

        holds.Refusal(Document(document) with { SourceId = sourceId }).Remedy.ShouldContain(told);
    }

    [Fact]
    public async Task A_whole_namespace_is_refused_by_any_and_five_are_named()
    {
        await new SyncBench(_store).SyncAsync(ScriptedSource.Upsert("x", "text"));
        (await ReadAsync()).RefusalOfAll("default").ShouldBeNull();

        var refusal = (await ReadAsync([.. "abcdef".Select(name => Hold(SafeguardScope.Document, $"{name}"))])).RefusalOfAll("default")!;

        refusal.Message.ShouldBe("documents of 'default' are held: 'a', 'b', 'c', 'd', 'e'");
        refusal.Remedy.ShouldContain("\"a\"");
    }

    private static Safeguard Hold(SafeguardScope scope, string name) => new(SafeguardKind.Hold, scope, name, "", Now);

    private async Task<LegalHolds> ReadAsync(params Safeguard[] holds)
    {
        foreach (var hold in holds)
        {
            await _store.Safeguards.AddAsync("default", hold, CancellationToken.None);
        }

        return await LegalHolds.ReadAsync(_store, "default", CancellationToken.None);
    }
}
