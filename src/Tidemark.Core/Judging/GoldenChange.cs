using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>What became of quality from one run of golden queries to another: of what both asked and expected alike. Pure.</summary>
public sealed record GoldenChange
{
    private GoldenChange()
    {
    }

    /// <summary>The earlier run.</summary>
    public required GoldenRun Since { get; init; }

    /// <summary>How many labelled queries are in both.</summary>
    public required int Queries { get; init; }

    /// <summary>Their mean score in the earlier run.</summary>
    public required double Before { get; init; }

    /// <summary>Their mean score in the later one.</summary>
    public required double Now { get; init; }

    /// <summary>Queries with a lower score than before, the greatest loss first; <c>Active</c> is what was found before.</summary>
    public IReadOnlyList<ComparedQuery> Worse { get; init; } = [];

    /// <summary>Those of them that must find something, and found it before.</summary>
    public IEnumerable<ComparedQuery> Lost => Worse.Where(one => one.Question.Must && one.Lost.Count > 0);

    /// <summary>Whether somebody should look at it.</summary>
    /// <param name="most">A mean that is lower by more has fallen.</param>
    public bool IsFall(double most) => Before - Now > most || Lost.Any();

    /// <returns>Null: there is nothing in both that could be compared, or its results are not kept any more.</returns>
    /// <param name="run">The later one.</param>
    /// <param name="since">The earlier one; null: there is none.</param>
    public static GoldenChange? Of(GoldenRun run, GoldenRun? since)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Results is null || since?.Results is null || run.Metric != since.Metric)
        {
            return null;
        }

        var before = since.Results.ToLookup(KeyOf, StringComparer.Ordinal);
        ComparedQuery[] pairs =
        [
            .. from now in run.Results
               where now.Score is not null
               let then = before[KeyOf(now)].FirstOrDefault()
               where then?.Score is not null && then.Question.Expected.SequenceEqual(now.Question.Expected)
               select new ComparedQuery(now.Question, then.Found, now.Found, then.Score, now.Score),
        ];
        return pairs.Length == 0 ? null : new GoldenChange
        {
            Since = since,
            Queries = pairs.Length,
            Before = pairs.Average(pair => pair.ActiveScore!.Value),
            Now = pairs.Average(pair => pair.CandidateScore!.Value),
            Worse = [.. pairs.Where(pair => pair.Difference < 0).OrderBy(pair => pair.Difference)],
        };
    }

    private static string KeyOf(GoldenResult result) => $"{GoldenText.OfFilter(result.Question.Filter)} {result.Question.Query}";
}
