using Tidemark.Lifecycle;

namespace Tidemark.Cli.Output;

internal static class ErasureView
{
    public static IEnumerable<Block> Of(ErasureReceipt receipt)
    {
        var removed = receipt.Removed;
        yield return new Block.Line(
            "  forgotten ",
            $"{Units.Count(receipt.Documents, "document")}: {Units.Count(removed.Chunks, "chunk")}, {Units.Count(removed.History, "former state")}, "
            + $"{Units.Count(removed.Vectors, "vector")}, {Units.Count(removed.Queue, "queued change")}, {Units.Count(removed.Quarantine, "refused input")}"
            + (removed.Golden > 0 ? $", {Units.Count(removed.Golden, "golden query or run of them", "golden queries and runs of them")}" : ""));
        foreach (var probe in receipt.Probes.Where(probe => probe.Found > 0))
        {
            yield return new Block.Line($"  NOT GONE: {Units.Count(probe.Found, "trace")} found in '{probe.Place}'; forget it again");
        }

        if (receipt.IsClean)
        {
            yield return new Block.Line($"  looked for in {string.Join(", ", receipt.Probes.Select(probe => probe.Place))}: nothing found");
        }

        yield return new Block.Line($"  not covered: {string.Join("; ", receipt.NotCovered)}");
        yield return new Block.Line($"  receipt {receipt.Id} (--json prints it signed); {Coming(receipt.Suppressed.Count)}");
        foreach (var warning in receipt.Warnings)
        {
            yield return new Block.Line($"warning: {warning.Message} [{warning.Code}]");
            yield return new Block.Line($"  {warning.Remedy}") { IsRemedy = true };
        }
    }

    private static string Coming(int suppressed) => suppressed switch
    {
        0 => "nothing is kept from coming",
        1 => "no sync takes it again until 'forget --lift'",
        _ => "no sync takes them again until 'forget --lift'",
    };

    public static IEnumerable<Block> Of(int suppressions, IReadOnlyList<ErasureReceipt> receipts)
    {
        yield return new Block.Line($"  {Units.Count(suppressions, "name")} remembered as forgotten");
        foreach (var line in receipts.SelectMany(Of))
        {
            yield return line;
        }
    }
}
