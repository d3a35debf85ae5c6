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

    [Theory]
    [InlineData(ChunkerKind.Structured, 64, null, int.MaxValue, true)]
    [InlineData(ChunkerKind.Structured, 63, null, int.MaxValue, false)]
    [InlineData(ChunkerKind.Structured, 1_000_000, null, int.MaxValue, true)]
    [InlineData(ChunkerKind.Structured, 1_000_001, null, int.MaxValue, false)]
    [InlineData(ChunkerKind.None, null, 0, 64, true)]
    [InlineData(ChunkerKind.None, null, 0, 63, false)]
    [InlineData(ChunkerKind.Recursive, 200, 199, int.MaxValue, true)]
    [InlineData(ChunkerKind.Recursive, null, 999, int.MaxValue, true)]
    [InlineData(ChunkerKind.Recursive, 200, 0, int.MaxValue, true)]
    public void The_ends_of_what_is_taken_are_these(ChunkerKind kind, int? size, int? overlap, int bytes, bool isTaken)
    {
        var options = new ChunkerOptions { Kind = kind, Size = size, Overlap = overlap, MaxInputBytes = bytes };

        (Record.Exception(() => ChunkerFactory.Create(options)) is null).ShouldBe(isTaken);
    }

    [Theory]
    [InlineData(64, "", true)]
    [InlineData(63, "", false)]
    [InlineData(64, "é", false)]
    [InlineData(66, "é", true)]
    public void What_a_model_leaves_for_text_has_to_be_enough(int tokens, string prefix, bool isTaken) =>
        (Record.Exception(() => ChunkerFactory.Create(new ChunkerOptions { Limit = new TokenLimit { Tokens = tokens, Prefix = prefix } })) is null).ShouldBe(isTaken);

    [Fact]
    public void No_overlap_is_no_mistake() =>
        ChunkerFactory.Create(new ChunkerOptions { Overlap = 0 }).ShouldBeOfType<StructuredChunker>();
}
