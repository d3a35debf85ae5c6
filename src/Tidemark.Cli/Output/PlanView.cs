using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>What a sync would do, document by document.</summary>
internal static class PlanView
{
    public static IEnumerable<Block> Of(SyncReport plan, IReadOnlyDictionary<string, SourcePlace>? places, bool verbose)
    {
        foreach (var block in SyncView.Of(plan, places))
        {
            yield return block;
        }

        var changes = (plan.Changes ?? []).Where(c => verbose || c.Change != "touched").ToArray();
        if (changes.Length > 0)
        {
            yield return new Block.Columns([.. changes.Select(Row)], 4, 5, 6) { Expendable = [3, 5, 6, 4] };
        }

        if (ReindexedDocuments.Of(changes) is { Count: > 0 } reindexed)
        {
            yield return new Block.Columns([.. reindexed.Select(Row)], 2, 3, 4);
        }

        var embedded = plan.Embedding.Inputs;
        var cost = plan.Embedding.Cost switch
        {
            > 0 and { } known => $", {Units.Money(known)}",
            null when embedded > 0 => ", price unknown",
            _ => "",
        };
        yield return new Block.Line(
            $"  {Units.Count(changes.Length, "document")}, {Units.Count(embedded, "chunk")} to embed, "
            + $"{Units.Count(plan.Embedding.Tokens, "token")}{cost}. Nothing was written.");
    }

    private static IReadOnlyList<Span> Row(PlannedChange change)
    {
        var (sign, tone) = DocumentSign.Of(change.Change);
        var name = change.MovedFrom is { } former ? $"{former} → {change.Document}" : change.Document;
        var chunks = change.Change switch
        {
            "added" => Units.Count(change.Chunks.Added, "chunk"),
            "deleted" => Units.Count(change.Chunks.Deleted, "chunk"),
            _ => $"{Units.Count(change.Chunks.Added)} of {Units.Count(change.Chunks.Added + change.Chunks.Unchanged)}",
        };
        var tokens = change.Tokens == 0 ? "" : Units.Count(change.Tokens, "token");
        var reused = change switch
        {
            { Change: "edited" or "rebuilt", Reused: { } share } => Reuse(share),
            { Change: "added" or "moved", Reused: > 0 and var share } => Reuse(share),
            _ => "",
        };
        return [new("  " + sign, tone), name, new(change.Change, tone), new(Reason(change), Tone.Muted), chunks, reused, tokens];
    }

    /// <summary>All that changed, where that is known.</summary>
    private static string Reason(PlannedChange change)
    {
        var reason = change.Changed is ChangedInputs.None || change.Change is "deleted" ? change.Reason : Inputs(change.Changed);
        string?[] rules = [change.By.ExpiresAt, change.By.Tier];
        return rules.Any(rule => rule is not null) ? $"{reason} ({string.Join(", ", rules.OfType<string>())})" : reason;
    }

    private static string Inputs(ChangedInputs changed) => string.Join(", ", ChangedInputNames.Of(changed));

    private static string Reuse(double share) => $"{Units.Share(share)} reused";

    private static IReadOnlyList<Span> Row(ReindexedDocuments part)
    {
        var why = part.Changed is ChangedInputs.None ? "for no changed input" : Inputs(part.Changed);
        return
        [
            new("  indexed again:", Tone.Muted), why, Units.Count(part.Documents, "document"),
            $"{Units.Count(part.Embedded)} of {Units.Count(part.Chunks, "chunk")} to embed", part.Reused is { } share ? Reuse(share) : "",
        ];
    }
}
