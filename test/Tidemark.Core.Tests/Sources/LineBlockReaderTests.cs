using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

[Collection(MeasuresMemory.Name)]
public sealed class LineBlockReaderTests
{
    [Fact]
    public async Task A_line_may_be_as_long_as_its_limit_allows_where_that_is_all_that_can_be()
    {
        var text = new string('x', 700_000);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"a","text":"{{text}}"}"""));

        var listing = await Listing.OfAsync(new JsonLinesSource(stream, new JsonLinesOptions { MaxLineBytes = int.MaxValue }), read: true);

        listing.Failures.ShouldBeEmpty();
        listing.Ids.ShouldBe(["a"]);
    }

    [Fact]
    public void Any_block_size_and_any_way_to_read_give_the_same_lines()
    {
        var line = Gen.Elements("", " ", "a", "bb\r", "{\"id\":1}", new string('x', 40), "\ud83d\udc4d", "\uFEFF", new string('y', 99));
        var cases =
            from lines in line.ListOf()
            from last in Gen.Elements("", "\n", "\r\n")
            from block in Gen.Choose(1, 200)
            from piece in Gen.Choose(1, 50)
            select (Content: string.Join('\n', lines) + last, block, piece);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (content, block, piece) = c;
            var (lines, tooLong, _) = Read(content, block, piece, max: 64);
            var expected = Expected(content, max: 64);
            lines.ShouldBe(expected.Lines);
            tooLong.ShouldBe(expected.TooLong);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a\nb", true)]
    [InlineData("a\nb\n", false)]
    [InlineData("a\n  ", false)]
    [InlineData("", false)]
    public void It_is_known_whether_the_stream_ends_inside_a_line(string content, bool inside)
    {
        Read(content, 16, 3, 64).EndsInside.ShouldBe(inside);
    }

    [Fact]
    public void Many_short_lines_are_cut_into_blocks()
    {
        var content = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i}\n"));
        Read(content, 1_000_000, 1_000_000, 64).Lines.Select(l => l.Text)
            .ShouldBe(Enumerable.Range(0, 5_000).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_line_without_end_is_not_kept_in_memory()
    {
        const long length = 200_000_000;
        const int limit = 100_000;
        using var stream = new EndlessLine("{\"id\":\"a\",\"text\":\"x\"}\n", length, "\n{\"id\":\"b\",\"text\":\"x\"}\n");
        var source = new JsonLinesSource(stream, new JsonLinesOptions { MaxLineBytes = limit });
        var total = GC.GetTotalAllocatedBytes(precise: true);
        var listing = await Listing.OfAsync(source, read: true);
        (GC.GetTotalAllocatedBytes(precise: true) - total).ShouldBeLessThan(length / 4);
        listing.Ids.ShouldBe(["a", "b"]);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.Item.ShouldBe("line 2");
        failure.Code.ShouldBe(ErrorCodes.SourceTooLarge);
        failure.HidesDocuments.ShouldBeTrue();
        listing.Bytes.ShouldBe(stream.Position);
    }

    private static (List<(string Text, long Number)> Lines, List<long> TooLong, bool EndsInside) Read(
        string content, int block, int piece, int max)
    {
        using var reader = new LineBlockReader(new PieceStream(Encoding.UTF8.GetBytes(content), piece), block, max);
        var (lines, tooLong, inside, bytes) = (new List<(string, long)>(), new List<long>(), false, 0L);
        while (reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult() is { } next)
        {
            using (next)
            {
                for (var i = 0; i < next.Count; i++)
                {
                    lines.Add((Encoding.UTF8.GetString(next[i].Span), next.NumberOf(i)));
                }

                tooLong.AddRange(next.TooLong);
                inside |= next.EndsInsideLine;
                bytes += next.Bytes;
            }
        }

        bytes.ShouldBe(Encoding.UTF8.GetByteCount(content));
        return (lines, tooLong, inside);
    }

    /// <summary>The same, said plainly.</summary>
    private static (List<(string Text, long Number)> Lines, List<long> TooLong) Expected(string content, int max)
    {
        var (lines, tooLong) = (new List<(string, long)>(), new List<long>());
        content = content.StartsWith('\uFEFF') ? content[1..] : content;
        var all = content.Split('\n');
        for (var i = 0; i < all.Length; i++)
        {
            if (Encoding.UTF8.GetByteCount(all[i]) > max)
            {
                tooLong.Add(i + 1);
            }
            else if (all[i].TrimEnd(' ', '\t', '\r') is { Length: > 0 } text)
            {
                lines.Add((text, i + 1));
            }
        }

        return (lines, tooLong);
    }
}
