using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class ChunkerFactoryTests
{
    [Theory]
    [InlineData(ChunkerKind.Structured, "structured;1;size=800")]
    [InlineData(ChunkerKind.Recursive, "recursive;1;size=1000;overlap=200")]
    [InlineData(ChunkerKind.None, "none;1")]
    public void Each_kind_has_its_defaults(ChunkerKind kind, string fingerprint) =>
        ChunkerFactory.Create(new ChunkerOptions { Kind = kind }).Fingerprint.ShouldBe(fingerprint);

    [Fact]
    public void A_small_recursive_size_brings_a_smaller_overlap() =>
        ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.Recursive, Size = 150 })
            .Fingerprint.ShouldBe("recursive;1;size=150;overlap=30");

    [Fact]
    public void All_mistakes_are_reported_at_once_with_remedies()
    {
        var options = new ChunkerOptions { Size = 10, Overlap = 5, MaxInputBytes = 3 };

        var error = Should.Throw<TidemarkException>(() => ChunkerFactory.Create(options));

        error.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        error.Message.ShouldContain("'10'");
        error.Message.ShouldContain("'5'");
        error.Message.ShouldContain("'3'");
        error.Remedy.ShouldContain("from 64");
        error.Remedy.ShouldContain("chunker recursive");
    }

    [Theory]
    [InlineData(ChunkerKind.Recursive, 200, 200)]
    [InlineData(ChunkerKind.Recursive, null, 1000)]
    [InlineData(ChunkerKind.Recursive, 200, -1)]
    [InlineData(ChunkerKind.Structured, null, 1)]
    [InlineData(ChunkerKind.None, null, 1)]
    [InlineData(ChunkerKind.Structured, 2_000_000, null)]
    [InlineData((ChunkerKind)9, null, null)]
    public void A_mistake_is_refused(ChunkerKind kind, int? size, int? overlap) =>
        Should.Throw<TidemarkException>(
            () => ChunkerFactory.Create(new ChunkerOptions { Kind = kind, Size = size, Overlap = overlap }));

    [Fact]
    public void No_overlap_is_no_mistake() =>
        ChunkerFactory.Create(new ChunkerOptions { Overlap = 0 }).ShouldBeOfType<StructuredChunker>();
}
