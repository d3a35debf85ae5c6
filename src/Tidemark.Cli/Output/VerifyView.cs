using Tidemark.Verifying;

namespace Tidemark.Cli.Output;

/// <summary>The three-way comparison in words.</summary>
internal static class VerifyView
{
    /// <param name="report">What was found.</param>
    /// <param name="repair">Whether it was to be put right.</param>
    /// <param name="sync">The command that syncs the sources that were compared, as a person types it.</param>
    public static IEnumerable<Block> Of(VerifyReport report, bool repair, string sync)
    {
        yield return new Block.Line(
            $"  {Units.Count(report.Documents, "document")}, {Units.Count(report.Chunks, "chunk")}: "
            + $"{Units.Count(report.Records, "record")}, {Units.Count(report.Vectors, "vector")}, "
            + $"{Units.Count(report.Keywords, "keyword entry", "keyword entries")}");
        (long Count, string Words)[] drift =
        [
            (report.Missing - report.LostEmbeddings, "missing in the index, made from what is stored"),
            (report.LostEmbeddings, "of the stored vectors lost, embedded again by a repair"),
            (report.Orphaned, "orphaned in the index"),
            (report.Stale, "stale in the index"),
            (report.Corrupt, "damaged in the store"),
            (report.Source.Missing, "in the source, not in the index"),
            (report.Source.Extra, "in the index, not in the source"),
            (report.Source.Changed, "changed in the source"),
            (report.Source.Failed, "of the source could not be compared"),
        ];
        foreach (var (count, words) in drift.Where(d => d.Count > 0))
        {
            yield return new Block.Line("  ", new($"{Units.Count(count)} {words}", Tone.Warning));
        }

        if (report.Source.Outdated > 0)
        {
            yield return new Block.Line(
                $"  {Units.Count(report.Source.Outdated)} older in the source than what is indexed, by their versions: kept");
        }

        if (report.Repaired > 0)
        {
            yield return new Block.Line(
                $"  repaired {Units.Count(report.Repaired, "index entry or record", "index entries and records")}");
        }

        if (report.Synced is { } synced && synced.Added + synced.Updated + synced.Deleted > 0)
        {
            yield return new Block.Line(
                $"  synced with the source: {Units.Count(synced.Added)} new, {Units.Count(synced.Updated)} edited, {Units.Count(synced.Deleted)} deleted");
        }

        if (report.Repaired > 0 || report.EmbeddingCalls > 0)
        {
            yield return new Block.Line($"  {Units.Count(report.EmbeddingCalls)} embedded again");
        }

        yield return new Block.Line("  ", Ending(report, repair, sync));
        if (report.Source.Guard is { MovedFrom: not null } guard)
        {
            yield return new Block.Line($"  {guard.Remedy}") { IsRemedy = true };
        }
    }

    private static Span Ending(VerifyReport report, bool repair, string sync)
    {
        if (report.InSync)
        {
            return new(report.Source.Outdated > 0 ? "in step, but for what the source has older" : "in step", Tone.Good);
        }

        if (!report.HasDrift)
        {
            return new("not in step: what could not be compared may be anything", Tone.Warning);
        }

        var words = (report.Source, repair) switch
        {
            ({ IsDrift: true, Guard: { MovedFrom: { } former } guard }, _) =>
                $"drift: '{guard.Source}' was indexed from '{former}', which is still there; nothing of it was replaced",
            _ when report.NeedsBackup => "damaged beyond what a repair brings back; see below",
            (_, false) when report.NeedsSources =>
                "drift: 'tidemark verify SOURCE --repair' with the sources of the namespace brings back what is damaged",
            (_, true) when report.NeedsSources =>
                "not all could be repaired: 'tidemark verify SOURCE --repair' with the sources of the namespace brings back what they have",
            (_, false) when report.Corrupt > 0 => "drift: 'tidemark verify --repair' puts right what is damaged",
            ({ IsDrift: true, Guard: not null }, _) =>
                $"drift: '{sync}' brings the index in step with the source; its deletions wait for --allow-delete",
            ({ IsDrift: true }, _) => $"drift: '{sync}' brings the index in step with the source",
            (_, false) => "drift: 'tidemark verify --repair' puts the index right",
            _ => "drift that could not be repaired",
        };
        return new(words, Tone.Bad);
    }
}
