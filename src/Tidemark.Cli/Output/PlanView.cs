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
            yield return new Block.Columns([.. changes.Select(Row)], 4, 5) { Expendable = [3, 5, 4] };
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
        return [new("  " + sign, tone), name, new(change.Change, tone), new(change.Reason, Tone.Muted), chunks, tokens];
    }
}
