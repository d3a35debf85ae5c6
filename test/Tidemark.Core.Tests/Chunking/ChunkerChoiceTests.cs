using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>What was not said is as the index was built.</summary>
public sealed class ChunkerChoiceTests
{
    [Theory]
    [InlineData(null, null, null, null, "structured;1;size=800")]
    [InlineData("structured;1;size=600", null, null, null, "structured;1;size=600")]
    [InlineData("structured;1;size=600", null, 700, null, "structured;1;size=700")]
    [InlineData("recursive;1;size=300;overlap=7", null, null, null, "recursive;1;size=300;overlap=7")]
    [InlineData("recursive;1;size=300;overlap=7", null, 500, null, "recursive;1;size=500;overlap=7")]
    [InlineData("recursive;1;size=300;overlap=7", null, null, 9, "recursive;1;size=300;overlap=9")]
    [InlineData("recursive;1;size=300;overlap=7", ChunkerKind.Structured, null, null, "structured;1;size=800")]
    [InlineData("structured;1;size=600", ChunkerKind.Recursive, null, null, "recursive;1;size=1000;overlap=200")]
    [InlineData("recursive;1;size=300;overlap=7", ChunkerKind.None, null, null, "none;1")]
    [InlineData("whole;1", null, null, null, "none;1")]
    [InlineData("none;1;bytes=500", null, null, null, "none;1")]
    [InlineData("semantic;9;size=600", ChunkerKind.Recursive, null, null, "recursive;1;size=1000;overlap=200")]
    public void The_rest_is_the_indexs(string? built, ChunkerKind? kind, int? size, int? overlap, string expected) =>
        new ChunkerChoice { Kind = kind, Size = size, Overlap = overlap }.Create(built, int.MaxValue).Fingerprint.ShouldBe(expected);

    [Fact]
    public void What_was_said_whole_leaves_nothing_to_the_index()
    {
        var all = ChunkerChoice.Of(new ChunkerOptions { Kind = ChunkerKind.Recursive, Size = 500, Overlap = 9, MaxInputBytes = 900 });

        all.ShouldBe(new ChunkerChoice { Kind = ChunkerKind.Recursive, Size = 500, Overlap = 9, MaxInputBytes = 900, IsWhole = true });
        all.Create("recursive;1;size=300;overlap=7", int.MaxValue).Fingerprint.ShouldBe("recursive;1;size=500;overlap=9;bytes=900");
        ChunkerChoice.Of(new ChunkerOptions { Kind = ChunkerKind.Recursive }).Create("recursive;1;size=300;overlap=7", int.MaxValue)
            .Fingerprint.ShouldBe("recursive;1;size=1000;overlap=200");
    }

    [Fact]
    public void The_smaller_of_two_bounds_in_bytes_holds()
    {
        new ChunkerChoice { MaxInputBytes = 900 }.Create(null, 700).Fingerprint.ShouldBe("structured;1;size=800;bytes=700");
        new ChunkerChoice { MaxInputBytes = 600 }.Create(null, 700).Fingerprint.ShouldBe("structured;1;size=800;bytes=600");
    }

    [Fact]
    public void A_chunker_that_is_not_known_is_no_guess()
    {
        var error = Should.Throw<TidemarkException>(() => new ChunkerChoice().Create("semantic;9;size=600", int.MaxValue));

        error.Code.ShouldBe(ErrorCodes.PipelineChanged);
        error.Message.ShouldContain("'semantic;9;size=600'");
    }

    [Theory]
    [InlineData("structured;1;size=x", "structured;1;size=800")]
    [InlineData("structured;1;size=-5", "structured;1;size=800")]
    [InlineData("structured;1;psize=600", "structured;1;size=800")]
    [InlineData("structured", "structured;1;size=800")]
    public void A_number_that_is_none_is_not_there(string built, string expected) =>
        new ChunkerChoice().Create(built, int.MaxValue).Fingerprint.ShouldBe(expected);
}
