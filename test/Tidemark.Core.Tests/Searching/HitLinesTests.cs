using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class HitLinesTests
{
    private const string Text = "one\ntwo\n\nthree\nfour\n\ntwo\n";

    [Theory]
    [InlineData(0, "one\n", 1, 1)]
    [InlineData(4, "two\n\nthree\n", 2, 4)]
    [InlineData(7, "\n\nthree\nfour\n\n", 4, 5)]
    [InlineData(21, "two\n", 7, 7)]
    [InlineData(0, Text, 1, 7)]
    [InlineData(5, "three\n", 4, 4)]
    [InlineData(null, "four", 5, 5)]
    [InlineData(999, "four", 5, 5)]
    public void Lines_are_counted_from_one_without_blank_ones_around(int? start, string chunk, int first, int last) =>
        HitLines.Locate(Hit(chunk, start), Text).Lines.ShouldBe(new LineSpan(first, last));

    [Fact]
    public void A_chunk_that_the_text_has_not_any_more_has_no_lines() =>
        HitLines.Locate(Hit("gone", 0), Text + "\f").ShouldSatisfyAllConditions(hit => hit.Lines.ShouldBeNull(), hit => hit.Page.ShouldBeNull());

    [Theory]
    [InlineData("one", 1)]
    [InlineData("two\f\n\n", 1)]
    [InlineData("\f\n\nthree", 2)]
    [InlineData("four", 4)]
    public void A_page_ends_with_a_form_feed(string chunk, int page) =>
        HitLines.Locate(Hit(chunk, null), "one\ntwo\f\n\nthree\f\f\nfour\n").Page.ShouldBe(page);

    [Fact]
    public void A_text_without_pages_has_none() => HitLines.Locate(Hit("two", null), Text).Page.ShouldBeNull();

    [Fact]
    public async Task Each_text_is_read_once_and_what_is_lacking_leaves_its_hit_as_it_is()
    {
        var hits = Enumerable.Range(0, 40).Select(i => Hit("four", null) with { Chunk = Hit("four", null).Chunk with { Document = $"{i % 20}" } }).ToArray();
        var asked = new List<string>();
        var most = 0;

        var located = await HitLines.LocateAsync(
            hits,
            (documents, _) =>
            {
                asked.AddRange(documents);
                most = Math.Max(most, documents.Count);
                return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(
                    documents.Where(id => id != "7").ToDictionary(id => id, id => $"{id}\nfour", StringComparer.Ordinal));
            },
            CancellationToken.None);

        asked.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}").Order(StringComparer.Ordinal));
        most.ShouldBe(16);
        located.Select(hit => hit.Chunk.Document).ShouldBe(hits.Select(hit => hit.Chunk.Document));
        located.ShouldAllBe(hit => hit.Lines == (hit.Chunk.Document == "7" ? null : new LineSpan(2, 2)));
    }

    private static IndexHit Hit(string chunk, int? start) => new(
        new IndexedChunk
        {
            Document = "a",
            Source = "s",
            Ordinal = 0,
            Input = ContentHash.Of(chunk),
            Occurrence = 0,
            Text = chunk,
            Start = start,
            Metadata = DocumentMetadata.Empty,
        },
        1);
}
