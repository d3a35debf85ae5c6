using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Sqlite.Tests;

public sealed class SqliteVerbsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-verbs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "made", "index.db");

    [Fact]
    public async Task Plans_and_searches_make_no_file_and_a_sync_does()
    {
        await using var index = TidemarkIndex.Create(t => t.UseSqlite(File).UseHashingEmbedder(16));

        (await index.PlanAsync(Documents(), cancellationToken: Token)).Documents.Added.ShouldBe(1);
        (await Should.ThrowAsync<TidemarkException>(() => index.SearchAsync("one", cancellationToken: Token))).Code.ShouldBe(ErrorCodes.NamespaceMissing);
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();

        await index.SyncAsync(Documents(), cancellationToken: Token);

        System.IO.File.Exists(File).ShouldBeTrue();
        (await index.PlanAsync(Documents(), cancellationToken: Token)).Documents.Skipped.ShouldBe(1);
        (await index.SearchAsync("one", cancellationToken: Token)).Hits.ShouldHaveSingleItem().Chunk.Document.ShouldBe("a");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async IAsyncEnumerable<Document> Documents()
    {
        await Task.CompletedTask;
        yield return new Document { Id = "a", Text = "one" };
    }
}
