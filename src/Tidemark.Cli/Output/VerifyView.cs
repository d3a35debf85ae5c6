using Tidemark.Verifying;

namespace Tidemark.Cli.Output;

/// <summary>The three-way comparison in words.</summary>
internal static class VerifyView
{
    public static IEnumerable<Block> Of(VerifyReport report, bool repair)
    {
        yield return new Block.Line(
            $"  {Units.Count(report.Documents, "document")}, {Units.Count(report.Chunks, "chunk")}: "
            + $"{Units.Count(report.Records)} records, {Units.Count(report.Vectors)} vectors, "
            + $"{Units.Count(report.Keywords)} keyword entries");
        (long Count, string Words)[] drift =
        [
            (report.Missing, "missing in the index"),
            (report.Orphaned, "orphaned in the index"),
            (report.Stale, "stale in the index"),
            (report.SourceMissing, "in the source, not in the index"),
            (report.SourceExtra, "in the index, not in the source"),
            (report.SourceChanged, "changed in the source"),
        ];
        foreach (var (count, words) in drift.Where(d => d.Count > 0))
        {
            yield return new Block.Line("  ", new($"{Units.Count(count)} {words}", Tone.Warning));
        }

        if (report.Repaired > 0)
        {
            yield return new Block.Line(
                $"  repaired {Units.Count(report.Repaired)} {(report.Repaired == 1 ? "entry" : "entries")}, "
                + $"{Units.Count(report.EmbeddingCalls)} embedded again");
        }

        yield return new Block.Line("  ", Ending(report, repair));
    }

    private static Span Ending(VerifyReport report, bool repair)
    {
        if (report.InSync)
        {
            return new("in step", Tone.Good);
        }

        var source = report.SourceMissing + report.SourceExtra + report.SourceChanged > 0;
        return (source, repair) switch
        {
            (true, _) => new("drift: 'tidemark sync' brings the index in step with the source", Tone.Bad),
            (_, false) => new("drift: 'tidemark verify --repair' puts the index right", Tone.Bad),
            _ => new("drift that could not be repaired", Tone.Bad),
        };
    }
}
