using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class HoldView
{
    public static IEnumerable<Block> Of(string id, string what)
    {
        yield return new Block.Line($"  {id}: {what}");
    }

    public static IEnumerable<Block> Of(IReadOnlyList<Safeguard> holds) => holds.Count == 0
        ? [new Block.Line("  nothing is held")]
        : holds.Select(hold => new Block.Line(
            $"  {Units.Time(hold.Since)}  {(hold.Scope == SafeguardScope.SourceId ? "source id " : "")}{hold.Name}"
            + (hold.Note.Length > 0 ? $"  ({hold.Note})" : "")));
}
