using Shouldly;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Sources;
using Tidemark.Sqlite.Engine;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Sqlite.Tests;

public sealed class SqliteVerbsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-verbs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "made", "index.db");

    [Theory]
    [InlineData("indexes/")]
    [InlineData(":memory:")]
    [InlineData("sqlite:index.db")]
    [InlineData("file:index.db?mode=ro")]
    public void What_is_no_path_of_a_file_is_refused_before_anything_is_made(string path) =>
        Should.Throw<TidemarkException>(() => TidemarkIndex.Create(t => t.UseSqlite(path).UseHashingEmbedder(16))).Code
            .ShouldBe(ErrorCodes.ConfigurationInvalid);

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

    [Fact]
    public async Task A_repair_keeps_no_text_where_the_index_keeps_none()
    {
        var windows = new ChunkerOptions { Kind = ChunkerKind.Recursive, Size = 64, Overlap = 16 };
        var (before, after) = (string.Concat(Enumerable.Repeat("one two ", 40)), string.Concat(Enumerable.Repeat("three four ", 40)));
        await using (var keeping = TidemarkIndex.Create(t => t.UseSqlite(File).UseHashingEmbedder(16).UseChunker(windows)))
        {
            await keeping.SyncAsync(Documents(before), cancellationToken: Token);
            KeptTexts().ShouldBe(1);
        }

        await using var index = TidemarkIndex.Create(
            t => t.UseSqlite(File).UseHashingEmbedder(16).UseChunker(windows).KeepText(false));
        var sources = new VerifyOptions { Sources = [new EnumerableSource("documents", Documents(after))], Repair = true };

        var report = await index.VerifyAsync(sources, Token);

        report.Synced?.Updated.ShouldBe(1);
        KeptTexts().ShouldBe(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async IAsyncEnumerable<Document> Documents(string text = "one")
    {
        await Task.CompletedTask;
        yield return new Document { Id = "a", Text = text };
    }

    private long KeptTexts()
    {
        using var connection = SqliteConnection.Open(File, SqliteOpenMode.Read, TimeSpan.FromSeconds(5));
        return connection.Scalar("SELECT count(*) FROM document_text");
    }
}
