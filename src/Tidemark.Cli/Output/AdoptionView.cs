using System.Globalization;
using Tidemark.Adopting;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>What became of another system's vectors, for people.</summary>
internal static class AdoptionView
{
    public static IEnumerable<Block> Of(AdoptionReport report)
    {
        var (counts, origin) = (report.Counts, report.Origin);
        yield return new Block.Line(
            "  ",
            new(origin.Of, Tone.Strong),
            $"  {Units.Count(counts.Rows, "row")}{(report.Outcome == RunOutcome.Cancelled ? " so far" : "")}",
            new($" in {origin.Name}", Tone.Muted));
        yield return new Block.Line(
            "  ",
            $"{(report.DryRun ? "would take" : "took")} {Units.Count(counts.Taken, "vector")} for '{report.Space.Name}'"
            + Told(counts.Present, "there already") + Told(counts.Duplicates, "of the same text"));
        if (Parts(
            (counts.WithoutText, "without text"), (counts.WithoutVector, "without a vector"), (counts.Blank, "blank"),
            (counts.OtherDimensions, "of other dimensions"), (counts.Invalid, "not valid"), (counts.Contradicting, "with another vector than there is")) is { Length: > 0 } left)
        {
            yield return new Block.Line("  ", new($"left out: {left}", Tone.Warning));
        }

        if (Parts(
            (counts.Prefixed, "stored with the prefix of the model"), (counts.Padded, "with white space at an end"), (counts.Shortened, "shortened"),
            (counts.Rescaled, "brought to unit length"), (counts.Half, "of half precision")) is { Length: > 0 } altered)
        {
            yield return new Block.Line("  ", $"of them {altered}");
        }

        yield return new Block.Line("  ", Claim(report));
        yield return new Block.Line("  ", new(
            report.DryRun ? "nothing was asked, and nothing was written" : "'tidemark plan SOURCE' says what of it your documents use", Tone.Muted));
    }

    private static string Claim(AdoptionReport report)
    {
        var said = report.Origin.Model is { } model ? $"; they are said to be of '{model}'" : "";
        return report.Sample is not { } sample
            ? $"whether they are of '{report.Space.Name}' was not asked{said}"
            : $"{Units.Count(sample.Similarities.Count, "sample")} embedded{(sample.Cost is > 0 and var cost ? $" ({Units.Money(cost)})" : "")}, "
              + $"similar by {sample.Similarities.Min().ToString("0.0000", CultureInfo.InvariantCulture)} or more{said}";
    }

    private static string Told(long count, string what) => count > 0 ? $" · {Units.Count(count)} {what}" : "";

    private static string Parts(params (long Count, string What)[] parts) =>
        string.Join(" · ", parts.Where(part => part.Count > 0).Select(part => $"{Units.Count(part.Count)} {part.What}"));
}
