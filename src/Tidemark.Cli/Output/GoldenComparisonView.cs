using System.Globalization;
using Tidemark.Judging;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

/// <summary>What golden queries say to another generation: the decision, what it rests on, and what got worse.</summary>
internal static class GoldenComparisonView
{
    private const int LeastQueries = 30;

    public static IEnumerable<Block> Of(GoldenComparison comparison)
    {
        yield return new Block.Line("  ", new(GoldenComparisonJson.NameOf(comparison.Outcome), ToneOf(comparison.Outcome)), $": {Reason(comparison)}");
        if (comparison is { Active: { } active, Candidate: { } candidate, LowerBound: { } bound, P: { } p })
        {
            yield return new Block.Line(
                $"  {comparison.Metric} {GoldenView.Score(active)} → {GoldenView.Score(candidate)} ({Signed(comparison.Difference!.Value)}, with 95 % not lower than "
                + $"{Signed(bound)}; p = {GoldenView.Score(p)}) over {Units.Count(comparison.Labelled, "labelled query", "labelled queries")}");
        }

        if (comparison.Detectable is { } detectable && comparison.Labelled >= LeastQueries)
        {
            yield return new Block.Line($"  so many queries show a loss of {GoldenView.Score(detectable)} in 80 of 100 comparisons");
        }

        if (comparison is { Overlap: { } overlap, Likeness: { } likeness })
        {
            yield return new Block.Line(
                $"  answers have {Units.Share(overlap)} in common, rank-biased overlap {GoldenView.Score(likeness.Extrapolated)} "
                + $"(p = {RankBiasedOverlap.Persistence.ToString("0.0", CultureInfo.InvariantCulture)}, {GoldenView.Score(likeness.Residual)} of it not known), over "
                + Units.Count(comparison.Queries, "query", "queries"));
        }

        foreach (var one in comparison.Lost)
        {
            yield return new Block.Line("  ", new("lost, and must be found: ", Tone.Bad), $"{string.Join(", ", one.Lost)} for '{one.Question.Query}'");
        }

        foreach (var block in ComparedQueryView.Of("worse", comparison.Worse, "active", "candidate")
            .Concat(ComparedQueryView.Of("other answers, which nobody has judged", comparison.Changed, "active", "candidate")))
        {
            yield return block;
        }
    }

    private static string Reason(GoldenComparison comparison) => (comparison.Outcome, comparison.Basis) switch
    {
        (GateOutcome.Block, GateBasis.Must) => "what must be found would be lost",
        (GateOutcome.Block, _) => "it would be worse, and not by chance",
        (GateOutcome.Inconclusive, _) => "so many queries can neither show nor rule out a loss that matters",
        (_, GateBasis.Statistics) => "nothing speaks against it",
        (_, GateBasis.Must) => $"what must be found is found; {Few(comparison)}",
        _ => Few(comparison),
    };

    private static string Few(GoldenComparison comparison) =>
        $"{Units.Count(comparison.Labelled, "labelled query decides", "labelled queries decide")} nothing more, {LeastQueries} are needed";

    private static Tone ToneOf(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Pass => Tone.Good,
        GateOutcome.Inconclusive => Tone.Warning,
        _ => Tone.Bad,
    };

    private static string Signed(double difference) => difference.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);
}
