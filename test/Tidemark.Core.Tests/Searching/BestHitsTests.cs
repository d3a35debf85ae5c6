using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class BestHitsTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(10, 50)]
    [InlineData(10, 2)]
    [InlineData(10, 100_000)]
    [InlineData(5_000, 50)]
    public void Of_many_the_best_are_kept_as_if_all_were_sorted(int limit, int scores)
    {
        var random = new Random(5);
        var hits = Enumerable.Range(0, 3_000).Select(i => Hit($"{2_999 - i:0000}", random.Next(scores))).ToArray();
        var best = new BestHits(limit);

        foreach (var hit in hits)
        {
            best.Add(hit);
        }

        best.ToList().ShouldBe(hits.Order(HitOrder.Instance).Take(limit));
    }

    [Fact]
    public void What_scores_nothing_is_found_as_well()
    {
        var best = new BestHits(2);
        best.Add(Hit("b", 0));
        best.Add(Hit("c", -1));
        best.Add(Hit("a", 0));

        best.ToList().Select(hit => hit.Chunk.Document).ShouldBe(["a", "b"]);
    }

    private static IndexHit Hit(string document, double score) => new(
        new IndexedChunk
        {
            Document = document,
            Source = "s",
            Ordinal = 0,
            Input = ContentHash.Of(document),
            Occurrence = 0,
            Text = document,
            Metadata = DocumentMetadata.Empty,
        },
        score);
}
