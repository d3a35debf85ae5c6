using System.Globalization;
using Tidemark.Judging;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>Golden queries and what they get.</summary>
internal static class GoldenView
{
    private const int BarsShown = 40, MissesShown = 10;

    private const string Minute = "yyyy-MM-dd HH:mm";

    public static IEnumerable<Block> Of(GoldenRecording recording)
    {
        var (added, changed, unchanged) = recording.Counts;
        yield return new Block.Line(
            $"  {Units.Count(added, "golden query", "golden queries")} recorded"
            + (changed > 0 ? $", {Units.Count(changed)} changed" : "")
            + (unchanged > 0 ? $", {Units.Count(unchanged)} as before" : "")
            + (recording.Unlabelled > 0 ? $", {Units.Count(recording.Unlabelled)} without what should be found" : "")
            + (recording.Errors.Count > 0 ? $", {Units.Count(recording.Errors.Count)} failed" : ""));
    }

    public static IEnumerable<Block> Of(IReadOnlyList<GoldenQuery> queries)
    {
        if (queries.Count == 0)
        {
            yield return new Block.Line("  no golden queries yet");
        }

        foreach (var query in queries)
        {
            yield return new Block.Line(
                "  ",
                new(query.Query, Tone.Strong),
                new(query.Filter.Count > 0 ? $"  {string.Join(' ', query.Filter)}" : "", Tone.Muted),
                query.Must ? "  must" : "");
            yield return new Block.Line(query.IsLabelled
                ? $"    {string.Join(", ", query.Expected.Select(answer => answer.Document + (answer.Grade == 1 ? "" : $" ({answer.Grade})")))}"
                : "    nobody has said what should be found");
        }
    }

    public static IEnumerable<Block> Of(GoldenReport report)
    {
        var run = report.Run;
        yield return new Block.Line(
            "  ",
            new(run.Score is { } score ? $"{run.Metric} {Score(score)}" : "nothing is labelled, so there is no score", Tone.Strong),
            $" · {Units.Count(run.Labelled, "labelled query", "labelled queries")} of {Units.Count(run.Queries)}, generation {run.Generation}, run {run.Id}");
        if (report.Change is { } change)
        {
            yield return new Block.Line(
                $"  since run {change.Since.Id}: {Score(change.Before)} → {Score(change.Now)}, by "
                + Units.Count(change.Queries, "query that is", "queries that are") + " the same");
        }

        foreach (var block in Missed(run.Results ?? []))
        {
            yield return block;
        }

        foreach (var block in ComparedQueryView.Of("worse than before", report.Change?.Worse ?? [], "before", "now"))
        {
            yield return block;
        }
    }

    /// <summary>What must be found before what should be.</summary>
    private static IEnumerable<Block> Missed(IReadOnlyList<GoldenResult> results)
    {
        var missed = results.Select(one => (one.Question, Documents: GoldenMetric.Missing(one.Question, one.Found))).Where(one => one.Documents.Count > 0)
            .OrderByDescending(one => one.Question.Must).ToList();
        var shown = Math.Max(missed.Count(one => one.Question.Must), MissesShown);
        foreach (var (question, documents) in missed.Take(shown))
        {
            yield return new Block.Line(
                "  ",
                question.Must ? new("not found, and must be: ", Tone.Bad) : new("not found: ", Tone.Muted),
                $"{string.Join(", ", documents)} for '{question.Query}'");
        }

        if (missed.Count > shown)
        {
            yield return new Block.Line($"  and of {Units.Count(missed.Count - shown)} more (--json has all)");
        }
    }

    public static IEnumerable<Block> Of(IReadOnlyList<GoldenRun> runs)
    {
        if (runs.Count == 0)
        {
            yield return new Block.Line("  golden queries were never run: tidemark golden run");
            yield break;
        }

        yield return new Block.Table(
            ["run", "at (UTC)", "generation", "metric", "score", "labelled", "queries", "missed"],
            [.. runs.Select(Row)],
            [0, 2, 4, 5, 6, 7]);
        foreach (var curve in runs.Where(run => run.Score is not null).GroupBy(run => run.Metric, StringComparer.Ordinal))
        {
            yield return new Block.Plot(
                curve.Key, [.. curve.Take(BarsShown).Reverse().Select(run => new Bar($"run {run.Id}", run.Score!.Value, Score(run.Score.Value)))]);
        }
    }

    public static string Score(double score) => score.ToString("0.000", CultureInfo.InvariantCulture);

    private static Span[] Row(GoldenRun run) =>
    [
        Units.Count(run.Id),
        run.At.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture),
        Units.Count(run.Generation),
        run.Metric,
        run.Score is { } score ? Score(score) : "",
        Units.Count(run.Labelled),
        Units.Count(run.Queries),
        new(Units.Count(run.Missed), run.Missed > 0 ? Tone.Bad : Tone.Normal),
    ];
}
