using Tidemark.Judging;

namespace Tidemark.Cli.Output;

/// <summary>Answers side by side, for people who look why.</summary>
internal static class ComparedQueryView
{
    private const int QueriesShown = 5, PlacesShown = 5;

    /// <param name="title">Of all of them.</param>
    /// <param name="queries">The most telling first.</param>
    /// <param name="left">What the first answer is called.</param>
    /// <param name="right">What the second answer is called.</param>
    public static IEnumerable<Block> Of(string title, IReadOnlyList<ComparedQuery> queries, string left, string right)
    {
        if (queries.Count == 0)
        {
            yield break;
        }

        yield return new Block.Line($"  {title}: {Units.Count(queries.Count, "query", "queries")}");
        foreach (var one in queries.Take(QueriesShown))
        {
            yield return new Block.Line("  ", new(one.Question.Query, Tone.Strong), new(Scores(one), Tone.Muted));
            yield return new Block.Table(["", left, right], [.. Rows(one)], [0]) { Expendable = [] };
        }

        if (queries.Count > QueriesShown)
        {
            yield return new Block.Line(new Span($"  … and {Units.Count(queries.Count - QueriesShown)} more; --json has all", Tone.Muted));
        }
    }

    private static string Scores(ComparedQuery one) => one is { ActiveScore: { } before, CandidateScore: { } after }
        ? $"  {GoldenView.Score(before)} → {GoldenView.Score(after)}"
        : "";

    private static IEnumerable<Span[]> Rows(ComparedQuery one) =>
        from place in Enumerable.Range(0, Math.Min(PlacesShown, Math.Max(one.Active.Count, one.Candidate.Count)))
        select new[] { Units.Count(place + 1), Cell(one, one.Active, place), Cell(one, one.Candidate, place) };

    private static Span Cell(ComparedQuery one, IReadOnlyList<string> found, int place) => place >= found.Count
        ? new Span("")
        : new Span(found[place], one.Question.Expected.Any(answer => answer.Document == found[place]) ? Tone.Good : Tone.Normal);
}
