using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class HoldView
{
    /// <param name="id">Of a document, or a source id.</param>
    /// <param name="what">What became of its hold.</param>
    /// <param name="missing">Nothing is called so yet; null: something is.</param>
    public static IEnumerable<Block> Of(string id, string what, TidemarkException? missing = null)
    {
        yield return new Block.Line($"  {id}: {what}");
        if (missing is not null)
        {
            yield return new Block.Line($"warning: {missing.Message}: what comes under this name is held [{missing.Code}]");
            yield return new Block.Line($"  {missing.Remedy}") { IsRemedy = true };
        }
    }

    public static IEnumerable<Block> Of(IReadOnlyList<Safeguard> holds) => holds.Count == 0
        ? [new Block.Line("  nothing is held")]
        : holds.Select(hold => new Block.Line(
            $"  {Units.Time(hold.Since)}  {(hold.Scope == SafeguardScope.SourceId ? "source id " : "")}{hold.Name}"
            + (hold.Note.Length > 0 ? $"  ({hold.Note})" : "")));
}
