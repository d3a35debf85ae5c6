using Shouldly;
using Tidemark.Chunking;
using Tidemark.Cli.Composition;
using Tidemark.Cli.Configuration;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

public sealed class PipelineBuilderTests
{
    [Fact]
    public void A_new_namespace_gets_the_structured_chunker_and_the_offline_embedder()
    {
        var identity = Build(null).Identity;

        identity.Chunker.ShouldStartWith("structured;");
        identity.Space.ShouldBe("hashing:384");
        identity.Input.ShouldBe("text");
    }

    [Theory]
    [InlineData(ChunkerKind.Structured, 1200, null)]
    [InlineData(ChunkerKind.Recursive, 500, 50)]
    [InlineData(ChunkerKind.None, null, null)]
    public void What_nobody_asks_for_is_as_the_index_was_built(ChunkerKind kind, int? size, int? overlap)
    {
        var chunker = ChunkerFactory.Create(new ChunkerOptions { Kind = kind, Size = size, Overlap = overlap });
        var built = new PipelineIdentity(chunker.Fingerprint, PipelineIdentity.Normalized, "hashing:64", 64);

        Build(built).Identity.ShouldBe(built);
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
        var embedder = Should.Throw<TidemarkException>(() => EmbedderChoice.Decide(asked: null, "crystal:1536", []));

        chunker.Code.ShouldBe(ErrorCodes.PipelineChanged);
        embedder.Code.ShouldBe(ErrorCodes.EmbeddingSpace);
        embedder.Remedy.ShouldContain("--rebuild");
    }

    private static SyncPipeline Build(PipelineIdentity? built) => PipelineBuilder.Build(
        new PipelineSettings(), built, HashingModel.Create(EmbedderChoice.Decide(null, built?.Space, []).Dimensions!.Value));

    private static string Fingerprint(PipelineSettings asked, string built) =>
        PipelineBuilder.Cutting(asked).Create(built, int.MaxValue).Fingerprint;
}
