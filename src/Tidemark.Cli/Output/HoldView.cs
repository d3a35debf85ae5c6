using Tidemark.Lifecycle;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class HoldView
{
    /// <param name="id">What is named.</param>
    /// <param name="what">What became of it.</param>
    public static IEnumerable<Block> Of(string id, string what) => [new Block.Line($"  {id}: {what}")];

    public static IEnumerable<Block> Of(string id, AddedHold added) =>
        [.. Of(id, added.IsNew ? "held" : "held already"), .. SyncView.Warnings(added.Warnings, all: true)];

    public static IEnumerable<Block> Of(IReadOnlyList<Safeguard> holds) => holds.Count == 0
        ? [new Block.Line("  nothing is held")]
        : holds.Select(hold => new Block.Line(
            $"  {Units.Time(hold.Since)}  {(hold.Scope == SafeguardScope.SourceId ? "source id " : "")}{hold.Name}"
            + (hold.Note.Length > 0 ? $"  ({hold.Note})" : "")));
}
