using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>Who names what is not there is told what may have been meant.</summary>
public sealed class NamedThingsTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new(TimeProvider.System);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("guide/intro", "did you mean 'guide/intro.md'?")]
    [InlineData("INTRO.md", "did you mean 'guide/intro.md'?")]
    [InlineData("guide/intor.md", "did you mean 'guide/intro.md'?")]
    [InlineData("elsewhere", "'DocumentsAsync()' says what there is")]
    [InlineData("tro.md", "'DocumentsAsync()' says what there is")]
    public async Task A_document(string asked, string remedy)
    {
        await SyncAsync("guide/intro.md", "zebra.md");

        (await NamedThings.RequireDocumentAsync(_store.Reader, "default", "guide/intro.md", CancellationToken.None)).Id.ShouldBe("guide/intro.md");
        var missing = await Should.ThrowAsync<TidemarkException>(NamedThings.RequireDocumentAsync(_store.Reader, "default", asked, CancellationToken.None));

        (missing.Code, missing.Message, missing.Remedy).ShouldBe((ErrorCodes.DocumentMissing, $"there is no document '{asked}' in the index", remedy));
    }

    [Theory]
    [InlineData("guide/intro.md", true, null)]
    [InlineData("guide/intro", false, "did you mean 'guide/intro.md'?")]
    [InlineData("intro.md", true, "did you mean 'guide/intro.md'?")]
    [InlineData("intro.md", false, "'DocumentsAsync()' says what there is")]
    [InlineData("elsewhere", true, "'DocumentsAsync()' says what there is")]
    public async Task A_document_that_is_only_told_of(string asked, bool withNearest, string? remedy)
    {
        await SyncAsync("guide/intro.md", "zebra.md");

        (await NamedThings.RemedyOfMissingAsync(_store.Reader, "default", asked, withNearest, CancellationToken.None)).ShouldBe(remedy);
    }

    [Fact]
    public async Task All_namespaces_are_named()
    {
        foreach (var name in new[] { "a", "b" })
        {
            await using var scribe = await StoreScribe.OpenAsync(_store, name);
        }

        (await Should.ThrowAsync<TidemarkException>(NamedThings.RequireNamespaceAsync(_store.Reader, "wiki", CancellationToken.None)))
            .Remedy.ShouldBe("there are: 'a', 'b'");
    }

    [Fact]
    public async Task A_namespace()
    {
        var empty = await Should.ThrowAsync<TidemarkException>(NamedThings.RequireNamespaceAsync(_store.Reader, "wiki", CancellationToken.None));
        await SyncAsync("a");
        var missing = await Should.ThrowAsync<TidemarkException>(NamedThings.RequireNamespaceAsync(_store.Reader, "wiki", CancellationToken.None));

        empty.Remedy.ShouldBe("the store is empty: run 'SyncAsync(SOURCE)' first");
        (missing.Code, missing.Message, missing.Remedy).ShouldBe((ErrorCodes.NamespaceMissing, "there is no namespace 'wiki'", "there are: 'default'"));
        (await NamedThings.RequireNamespaceAsync(_store.Reader, "default", CancellationToken.None)).Documents.ShouldBe(1);
    }

    private Task SyncAsync(params string[] ids) =>
        new SyncBench(_store).SyncAsync([.. ids.Select(id => ScriptedSource.Upsert(id, "text"))]);
}
