using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>Where a run stands, in one line.</summary>
internal static class ProgressText
{
    /// <param name="width">The columns there are: parts that matter less are left out before anything is cut.</param>
    public static string Of(SyncProgress progress, ProgressRate rate, TimeSpan elapsed, int width = int.MaxValue)
    {
        if (progress.Phase == SyncPhase.Indexing)
        {
            return Fit(["everything is written", "making the index for searches"], width);
        }

        var seconds = Math.Max(0.001, (elapsed - rate.Since).TotalSeconds);
        var share = Share(progress);
        var parts = new List<string>
        {
            Printable.Escape(progress.Source) + "  " + Done(progress, share),
            $"{Units.Count((long)(progress.Listed / seconds))}/s",
        };
        if (share is > 0 and <= 1)
        {
            parts.Add(Units.Age(TimeSpan.FromSeconds(seconds * (1 - share.Value) / share.Value)) + " left");
        }

        if (progress.Changed > 0)
        {
            parts.Add($"{Units.Count(progress.Applied)} of {Units.Count(progress.Changed)} changed ones written");
        }

        if (progress.Embedded > 0)
        {
            parts.Add($"{Units.Count(progress.Embedded)} embedded");
        }

        return Fit(parts, width);
    }

    /// <summary>The first parts that fit; of the first one the end, where it does not fit itself.</summary>
    public static string Fit(IReadOnlyList<string> parts, int width)
    {
        var count = parts.Count;
        string text;
        while ((text = string.Join(" · ", parts.Take(count))).Length > width && count > 1)
        {
            count--;
        }

        return text.Length <= width ? text : "…" + text[^(width - 1)..];
    }

    private static double? Share(SyncProgress progress) => progress switch
    {
        { Items: > 0 and var items } => (double)progress.Listed / items,
        { Bytes: > 0 and var bytes } => (double)progress.BytesListed / bytes,
        _ => null,
    };

    private static string Done(SyncProgress progress, double? share)
    {
        var verb = progress.Phase switch
        {
            SyncPhase.CleaningUp => "cleaning up, ",
            SyncPhase.Rebuilding => "rebuilding, ",
            _ => "",
        };
        var of = progress.Items is { } items ? $" of {Units.Count(items)}" : "";
        var percent = share is { } known ? $" ({Units.Share(Math.Min(1, known))})" : "";
        return $"{verb}{Units.Count(progress.Listed)}{of}{percent}";
    }
}
