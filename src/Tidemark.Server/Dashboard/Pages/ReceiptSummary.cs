using Tidemark.Records;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What the store itself knows of an erasure; its receipt was given to whoever asked for it.</summary>
/// <param name="Id">The receipt's number.</param>
/// <param name="At">When it was last asked for.</param>
/// <param name="Forgotten">By hash, at least one.</param>
internal sealed record ReceiptSummary(string Id, DateTimeOffset At, IReadOnlyList<Safeguard> Forgotten)
{
    public bool IsUnfinished => Forgotten.Any(one => one.IsUnfinished);

    public long Documents => Forgotten.LongCount(one => one.Scope == SafeguardScope.Document);

    public long SourceIds => Forgotten.Count - Documents;

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<ReceiptSummary> Of(IEnumerable<Safeguard> forgotten) =>
    [
        .. forgotten.GroupBy(one => one.Ended().Note, StringComparer.Ordinal)
            .Select(receipt => new ReceiptSummary(receipt.Key, receipt.Max(one => one.Since), [.. receipt]))
            .OrderByDescending(receipt => receipt.At).ThenBy(receipt => receipt.Id, StringComparer.Ordinal),
    ];
}
