using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>What golden queries say to putting another generation in the place of the one that answers, with the figures it rests on. Pure.</summary>
public sealed record GoldenComparison
{
    private GoldenComparison()
    {
    }

    /// <summary>What they say.</summary>
    public required GateOutcome Outcome { get; init; }

    /// <summary>What that rests on.</summary>
    public required GateBasis Basis { get; init; }

    /// <summary><c>recall@10</c> or <c>ndcg@10</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>How many queries were asked.</summary>
    public required int Queries { get; init; }

    /// <summary>Of how many somebody has said what should be found. With fewer than 30 only those decide that must find something.</summary>
    public required int Labelled { get; init; }

    /// <summary>The mean score of the generation that answers; null: nothing is labelled.</summary>
    public double? Active { get; init; }

    /// <summary>The mean score of the other one.</summary>
    public double? Candidate { get; init; }

    /// <summary>The second less the first.</summary>
    public double? Difference { get; init; }

    /// <summary>The true difference is not lower than this, with 95 %.</summary>
    public double? LowerBound { get; init; }

    /// <summary>How likely a difference this low is if both are equally good.</summary>
    public double? P { get; init; }

    /// <summary>The loss that so many queries with this spread show 80 times of 100.</summary>
    public double? Detectable { get; init; }

    /// <summary>The share of documents that both answers have in common, over all queries; null: there is none.</summary>
    public double? Overlap { get; init; }

    /// <summary>How alike the answers are, the first places counting most, and how much of that is not known; null: there is no query.</summary>
    public RankBiasedOverlap? Likeness { get; init; }

    /// <summary>Queries that must find something, and would lose it.</summary>
    public IReadOnlyList<ComparedQuery> Lost { get; init; } = [];

    /// <summary>Labelled queries with a lower score, the greatest loss first.</summary>
    public IReadOnlyList<ComparedQuery> Worse { get; init; } = [];

    /// <summary>Queries that nobody has labelled, and whose answers differ, the least alike first.</summary>
    public IReadOnlyList<ComparedQuery> Changed { get; init; } = [];

    /// <summary>Decides; the same answers give the same decision.</summary>
    /// <param name="answers">Each golden query with what either generation found, best first.</param>
    public static GoldenComparison Of(IReadOnlyList<(GoldenQuery Question, IReadOnlyList<string> Active, IReadOnlyList<string> Candidate)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var metric = GoldenMetric.Of(answers.Select(answer => answer.Question));
        ComparedQuery[] compared =
        [
            .. answers.Select(answer => new ComparedQuery(
                answer.Question,
                answer.Active,
                answer.Candidate,
                GoldenMetric.Score(metric, answer.Question, answer.Active),
                GoldenMetric.Score(metric, answer.Question, answer.Candidate))),
        ];
        ComparedQuery[] labelled = [.. compared.Where(one => one.Question.IsLabelled)];
        ComparedQuery[] lost = [.. labelled.Where(one => one.Question.Must && one.Lost.Count > 0)];
        var figures = GateFigures.Of([.. labelled.Select(one => one.Difference!.Value)]);
        return new GoldenComparison
        {
            Outcome = GateRule.Of(labelled.Length, figures.GetValueOrDefault(), lost.Length),
            Basis = BasisOf(labelled, lost.Length),
            Metric = metric,
            Queries = compared.Length,
            Labelled = labelled.Length,
            Active = MeanOf(labelled, one => one.ActiveScore!.Value),
            Candidate = MeanOf(labelled, one => one.CandidateScore!.Value),
            Difference = figures?.Difference,
            LowerBound = figures?.LowerBound,
            P = figures?.P,
            Detectable = figures?.Detectable,
            Overlap = MeanOf(compared, one => ListOverlap.Of(one.Active, one.Candidate)),
            Likeness = compared.Length == 0 ? null : new RankBiasedOverlap(
                compared.Average(one => one.Likeness.Extrapolated), compared.Average(one => one.Likeness.Residual)),
            Lost = lost,
            Worse = [.. labelled.Where(one => one.Difference < 0).OrderBy(one => one.Difference)],
            Changed = [.. compared.Except(labelled).Where(one => !one.Active.SequenceEqual(one.Candidate, StringComparer.Ordinal)).OrderBy(one => one.Likeness.Extrapolated)],
        };
    }

    private static GateBasis BasisOf(ComparedQuery[] labelled, int lost) =>
        lost > 0 ? GateBasis.Must
        : labelled.Length >= GateRule.LeastQueries ? GateBasis.Statistics
        : Array.Exists(labelled, one => one.Question.Must) ? GateBasis.Must
        : GateBasis.Nothing;

    private static double? MeanOf(ComparedQuery[] queries, Func<ComparedQuery, double> value) =>
        queries.Length == 0 ? null : queries.Average(value);
}
