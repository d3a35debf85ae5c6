using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void A_hit_scores_the_sum_of_its_reciprocal_ranks()
    {
        var fused = ReciprocalRankFusion.Fuse([Ranking("a", "b"), Ranking("b", "c")], 10);

        fused.Select(h => h.Chunk.Document).ShouldBe(["b", "a", "c"]);
        fused[0].Score.ShouldBe((1 / 62d) + (1 / 61d), 1e-15);
        fused[1].Score.ShouldBe(1 / 61d, 1e-15);
        fused[2].Score.ShouldBe(1 / 62d, 1e-15);
    }

    [Fact]
    public void Ties_go_by_document()
    {
        var fused = ReciprocalRankFusion.Fuse([Ranking("z", "b"), Ranking("a", "c")], 3);

        fused.Select(h => h.Chunk.Document).ShouldBe(["a", "z", "b"]);
    }

    [Fact]
    public void The_order_of_the_rankings_does_not_matter_and_nothing_is_lost_or_doubled() =>
        Prop.ForAll<NonEmptyString[], NonEmptyString[]>((first, second) =>
        {
            var rankings = new[] { Ranking(Distinct(first)), Ranking(Distinct(second)) };

            var fused = ReciprocalRankFusion.Fuse(rankings, int.MaxValue);

            fused.ShouldBe(ReciprocalRankFusion.Fuse(rankings.Reverse(), int.MaxValue));
            fused.Select(h => h.Chunk.Document).Order(StringComparer.Ordinal).ShouldBe(
                rankings.SelectMany(r => r).Select(h => h.Chunk.Document).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    private static string[] Distinct(NonEmptyString[] names) =>
        [.. names.Select(n => n.Get).Distinct(StringComparer.Ordinal)];

    private static List<IndexHit> Ranking(params string[] documents) =>
        [.. documents.Select((d, i) => new IndexHit(ChunkOf(d), 1d / (i + 1)))];

    private static IndexedChunk ChunkOf(string document) => new()
    {
        Document = document,
        Source = "s",
        Ordinal = 0,
        Input = ContentHash.Of(document),
        Occurrence = 0,
        Text = document,
        Metadata = DocumentMetadata.Empty,
    };
}
