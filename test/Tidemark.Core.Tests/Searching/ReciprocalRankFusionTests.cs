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
    public void A_hit_scores_the_sum_of_its_weighted_reciprocal_ranks()
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(4, ("a", 4), ("b", 2)), Ranking(("b", 0.5), ("c", 0.25)), isLexical: false, 10);

        fused.Select(h => h.Chunk.Document).ShouldBe(["a", "b", "c"]);
        fused[0].Score.ShouldBe(1.2 / 61, 1e-15);
        fused[1].Score.ShouldBe((1.2 * 0.125 / 62) + (0.8 / 61), 1e-15);
        fused[2].Score.ShouldBe(0.8 * 0.25 / 62, 1e-15);
    }

    [Theory]
    [InlineData(false, 1.2, 0.8)]
    [InlineData(true, 1.6, 0.4)]
    public void What_shows_words_again_counts_less_beside_them_than_what_knows_of_meaning(bool isLexical, double words, double vector)
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(4, ("a", 4)), Ranking(("b", 0.8)), isLexical, 10);

        fused.Select(h => h.Score).ShouldBe([words / 61, vector / 61], 1e-15);
    }

    [Fact]
    public void First_by_every_word_and_by_vector_is_a_full_score_in_any_space()
    {
        foreach (var isLexical in new[] { false, true })
        {
            ReciprocalRankFusion.Fuse(Answer(4, ("a", 4)), Ranking(("a", 0.8)), isLexical, 1)
                .ShouldHaveSingleItem().Score.ShouldBe(ReciprocalRankFusion.Full, 1e-15);
        }
    }

    [Fact]
    public void Words_that_answer_little_of_a_question_do_not_stand_before_what_means_the_same()
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(10, ("the", 1), ("of", 0.9)), Ranking(("meant", 0.6), ("near", 0.5)), isLexical: false, 2);

        fused.Select(h => h.Chunk.Document).ShouldBe(["meant", "near"]);
    }

    [Fact]
    public void What_has_all_words_stands_before_what_is_near_to_a_lexical_embedder()
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(10, ("exact", 10)), Ranking(("alike", 0.6), ("near", 0.5)), isLexical: true, 2);

        fused.Select(h => h.Chunk.Document).ShouldBe(["exact", "alike"]);
    }

    [Fact]
    public void The_nearest_of_what_is_far_does_not_stand_before_words_that_are_there()
    {
        var (matching, nearest) = (Answer(10, ("words", 5)), Ranking(("nearest", 0.15), ("words", 0.1)));

        ReciprocalRankFusion.Fuse(matching, nearest, isLexical: true, 1).ShouldHaveSingleItem().Chunk.Document.ShouldBe("words");
        ReciprocalRankFusion.Fuse(matching, nearest, isLexical: false, 1).ShouldHaveSingleItem().Chunk.Document.ShouldBe("nearest");
    }

    [Fact]
    public void Other_chunks_of_a_document_that_are_found_lift_it_four_of_them_at_most()
    {
        var (one, many) = (("one", 1.0), Enumerable.Range(1, 9).Select(i => ($"many#{i}", 1.0)));

        var fused = ReciprocalRankFusion.Fuse(Answer(1, [one, .. many]), [], isLexical: false, 2);

        fused.Select(h => h.Chunk.Document).ShouldBe(["many", "many"]);
        fused[0].Score.ShouldBe(1.2 * ((1 / 62d) + (0.05 * ((1 / 63d) + (1 / 64d) + (1 / 65d) + (1 / 66d)))), 1e-15);
    }

    [Fact]
    public void Repetition_of_the_words_counts_up_to_twice()
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(1, ("a", 90)), [], isLexical: false, 1);

        fused.ShouldHaveSingleItem().Score.ShouldBe(1.2 * 8 / 61, 1e-15);
    }

    [Fact]
    public void A_vector_that_points_away_from_all_still_ranks_them()
    {
        var fused = ReciprocalRankFusion.Fuse(KeywordAnswer.Nothing, Ranking(("z", -0.1), ("a", -0.2)), isLexical: false, 2);

        fused.Select(h => h.Chunk.Document).ShouldBe(["z", "a"]);
    }

    [Fact]
    public void Ties_go_by_document()
    {
        var fused = ReciprocalRankFusion.Fuse(Answer(1, ("z", 0), ("a", 0)), [], isLexical: false, 2);

        fused.Select(h => h.Chunk.Document).ShouldBe(["a", "z"]);
    }

    [Fact]
    public void Nothing_is_lost_or_doubled_and_the_best_is_first() =>
        Prop.ForAll<NonEmptyString[], NonEmptyString[]>((first, second) =>
        {
            var (matching, nearest) = (Falling(first), Falling(second));

            var fused = ReciprocalRankFusion.Fuse(new KeywordAnswer(matching, 1), nearest, isLexical: true, int.MaxValue);

            fused.ShouldBe(fused.Order(HitOrder.Instance));
            fused.Select(h => h.Chunk.Document).Order(StringComparer.Ordinal).ShouldBe(
                matching.Concat(nearest).Select(h => h.Chunk.Document).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    private static List<IndexHit> Falling(NonEmptyString[] names) =>
        Ranking([.. names.Select(n => n.Get).Distinct(StringComparer.Ordinal).Select((name, i) => (name, 1d / (i + 1)))]);

    private static KeywordAnswer Answer(double whole, params (string Document, double Score)[] hits) => new(Ranking(hits), whole);

    private static List<IndexHit> Ranking(params (string Document, double Score)[] hits) =>
        [.. hits.Select(hit => new IndexHit(ChunkOf(hit.Document), hit.Score))];

    private static IndexedChunk ChunkOf(string document) => new()
    {
        Document = document.StartsWith("many#", StringComparison.Ordinal) ? "many" : document,
        Source = "s",
        Ordinal = 0,
        Input = ContentHash.Of(document),
        Occurrence = 0,
        Text = document,
        Metadata = DocumentMetadata.Empty,
    };
}
