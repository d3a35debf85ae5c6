using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>One golden query, asked of two generations.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Active">What the one that answers found, best first.</param>
/// <param name="Candidate">What the other one found.</param>
/// <param name="ActiveScore">Null: nobody has said what should be found.</param>
/// <param name="CandidateScore">The same of the other one.</param>
public sealed record ComparedQuery(
    GoldenQuery Question, IReadOnlyList<string> Active, IReadOnlyList<string> Candidate, double? ActiveScore, double? CandidateScore)
{
    /// <summary>Negative: a loss; null: nobody has said what should be found.</summary>
    public double? Difference => CandidateScore - ActiveScore;

    /// <summary>How alike the two answers are.</summary>
    public RankBiasedOverlap Likeness => RankBiasedOverlap.Of(Active, Candidate);

    /// <summary>What was expected, is found now, and would not be found any more.</summary>
    public IReadOnlyList<string> Lost => [.. GoldenMetric.Missing(Question, Candidate).Except(GoldenMetric.Missing(Question, Active), StringComparer.Ordinal)];
}
