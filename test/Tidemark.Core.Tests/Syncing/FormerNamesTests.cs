using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Syncing;

/// <summary>What a former release stored under another id is let go when it comes under the one of today, whatever the cleanup mode.</summary>
public sealed class FormerNamesTests : IAsyncDisposable
{
    private const string Metadata = """{"k":1}""";

    private readonly InMemoryStore _store = new(TimeProvider.System);
    private readonly SyncBench _bench;

    public FormerNamesTests() => _bench = new SyncBench(_store);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(Metadata, true)]
    [InlineData("{}", false)]
    public async Task Only_what_has_metadata_had_another_id(string metadata, bool goes)
    {
        await _bench.SyncAsync(Upsert("former", "text", metadata));

        var documents = (await SyncAsync(Today("a", "former", metadata))).Documents;

        (documents.Added, documents.Deleted).ShouldBe((1, goes ? 1 : 0));
        (await LiveAsync()).ShouldBe(goes ? ["a"] : ["a", "former"]);
    }

    [Fact]
    public async Task What_is_listed_under_it_still_stays()
    {
        await _bench.SyncAsync(Upsert("former", "text", Metadata));

        await SyncAsync(Today("a", "former"), Upsert("former", "text", Metadata));

        (await LiveAsync()).ShouldBe(["a", "former"]);
    }

    [Fact]
    public async Task What_another_source_has_under_it_stays()
    {
        await _bench.SyncAsync(Upsert("x", "else", Metadata));
        await _bench.SyncAsync(new ScriptedSource("other", [Upsert("former", "text", Metadata)]));

        await SyncAsync(Today("a", "former"));

        (await LiveAsync()).ShouldBe(["a", "former", "x"]);
    }

    [Fact]
    public async Task What_is_gone_already_goes_no_more()
    {
        await _bench.SyncAsync(Upsert("former", "text", Metadata), Upsert("x", "else", Metadata));
        await _bench.SyncAsync(Upsert("x", "else", Metadata));

        (await SyncAsync(Today("a", "former"), Today("b", "unknown"))).Documents.Deleted.ShouldBe(0);
    }

    [Fact]
    public async Task What_somebody_else_wrote_under_it_since_the_run_began_stays()
    {
        await _bench.SyncAsync(Upsert("former", "text", Metadata));
        var others = new SyncBench(_store);
        _bench.Generator.Before = async _ => await others.SyncAsync(
            new ScriptedSource("s", [Upsert("former", "new text", Metadata)]), r => r with { Cleanup = CleanupMode.None });

        await SyncAsync(Today("a", "former", text: "another text"));

        (await LiveAsync()).ShouldBe(["a", "former"]);
    }

    [Fact]
    public async Task However_many_there_are_no_guard_holds_them_back()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"{i:00}")];
        await _bench.SyncAsync([.. names.Select(name => Upsert($"former {name}", $"text {name}", Metadata))]);

        var report = await SyncAsync([.. names.Select(name => Today(name, $"former {name}", text: $"new {name}"))]);

        (report.Outcome, report.Documents.Deleted).ShouldBe((RunOutcome.Succeeded, 12));
        (await LiveAsync()).ShouldBe(names);
    }

    private static DocumentChange Today(string id, string former, string metadata = Metadata, string text = "text") =>
        new DocumentChange.Upsert(((DocumentChange.Upsert)Upsert(id, text, metadata)).Document with { FormerId = former });

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) =>
        _bench.SyncAsync(new ScriptedSource("s", changes), request => request with { Cleanup = CleanupMode.None });

    private async Task<List<string>> LiveAsync() =>
        await _store.Reader.DocumentsAsync("default", "", TestContext.Current.CancellationToken).Select(document => document.Id).ToListAsync();
}
