using System.Collections;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

public sealed class IndexComposerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-composer-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "store.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_namespace_gets_the_structured_chunker_and_the_offline_embedder()
    {
        var identity = await IdentityAsync(new PipelineSettings());

        identity.Chunker.ShouldStartWith("structured;");
        identity.Space.ShouldBe("hashing:384");
        identity.Input.ShouldBe("text");
    }

    [Theory]
    [InlineData(ChunkerKind.Structured, 1200, null)]
    [InlineData(ChunkerKind.Recursive, 500, 50)]
    [InlineData(ChunkerKind.None, null, null)]
    public async Task What_nobody_asks_for_is_as_the_index_was_built(ChunkerKind kind, int? size, int? overlap)
    {
        var chunker = ChunkerFactory.Create(new ChunkerOptions { Kind = kind, Size = size, Overlap = overlap });
        await BuildAsync(index => index.UseHashingEmbedder(64).UseChunker(chunker).NormalizeInput());

        (await IdentityAsync(new PipelineSettings()))
            .ShouldBe(new PipelineIdentity(chunker.Fingerprint, PipelineIdentity.Normalized, "hashing:64", 64));
    }

    [Fact]
    public async Task What_somebody_asks_for_counts()
    {
        await BuildAsync(index => index.UseHashingEmbedder(64));

        var asked = new PipelineSettings { Embedder = EmbedderSpec.Parse("hashing:32"), Normalize = true, ChunkSize = 300 };

        var identity = await IdentityAsync(asked);
        (identity.Space, identity.IsNormalized).ShouldBe(("hashing:32", true));
        identity.Chunker.ShouldStartWith("structured;");
        identity.Chunker.ShouldContain("size=300");
    }

    [Fact]
    public void A_size_alone_keeps_the_chunker_of_the_index()
    {
        var asked = new PipelineSettings { ChunkSize = 700 };

        Fingerprint(asked, "recursive;1;size=500;overlap=50").ShouldBe("recursive;1;size=700;overlap=50");
    }

    [Fact]
    public void Another_chunker_starts_from_its_own_defaults()
    {
        var asked = new PipelineSettings { Chunker = "recursive" };

        var standard = ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.Recursive });
        Fingerprint(asked, "structured;1;size=300").ShouldBe(standard.Fingerprint);
    }

    [Fact]
    public void An_index_of_an_unknown_chunker_or_embedder_is_refused_with_the_way_out()
    {
        var chunker = Should.Throw<TidemarkException>(() => Fingerprint(new PipelineSettings(), "semantic;9"));
        var embedder = Should.Throw<TidemarkException>(() => EmbedderChoice.Decide(asked: null, new TraitSettings(), "crystal:1536", []));

        chunker.Code.ShouldBe(ErrorCodes.PipelineChanged);
        embedder.Code.ShouldBe(ErrorCodes.EmbeddingSpace);
        embedder.Remedy.ShouldContain("--rebuild");
    }

    private async Task<PipelineIdentity> IdentityAsync(PipelineSettings asked)
    {
        var settings = new TidemarkSettings { Root = _folder, Store = new StoreLocation(File), Namespace = "default", Pipeline = asked };
        var stores = new StoreOpener(settings.Store, TimeProvider.System, _ => { });
        await using var index = new IndexComposer(settings, new Hashtable(), TimeProvider.System)
            .Compose(stores.OpenForPlanAsync, asked, notice: null);
        return (await index.PipelineAsync(cancellationToken: Token)).Identity;
    }

    private async Task BuildAsync(Action<TidemarkBuilder> configure)
    {
        await using var index = TidemarkIndex.Create(builder => configure(builder.UseSqlite(File)));
        await index.SyncAsync(Documents(), cancellationToken: Token);
    }

    private static async IAsyncEnumerable<Document> Documents()
    {
        await Task.CompletedTask;
        yield return new Document { Id = "a", Text = "one" };
    }

    private static string Fingerprint(PipelineSettings asked, string built) =>
        IndexComposer.Cutting(asked).Create(built, int.MaxValue).Fingerprint;
}
