using Tidemark.Composition;
using Tidemark.Postgres.Feeding;

namespace Tidemark.Cli.Output;

/// <summary>Feeds for people.</summary>
internal static class FeedView
{
    public static IEnumerable<Block> Of(IReadOnlyList<PostgresFeedReport> reports)
    {
        foreach (var report in reports)
        {
            yield return new Block.Line(
                "  ",
                $"{report.Source}: {Units.Count(report.Rows, "row")} read, {Units.Count(report.Changes, "change")} of {Units.Count(report.Transactions, "transaction")} enqueued"
                + (report.Reconciled > 0 ? $", {Units.Count(report.Reconciled, "document")} deleted that had no row" : "")
                + (report.Failed > 0 ? $", {Units.Count(report.Failed, "row")} without an id" : ""));
            if (report.Held > 0)
            {
                yield return new Block.Line(new("  ! ", Tone.Bad), $"held back {Units.Count(report.Held, "deletion")} at most; if they are meant: tidemark feed repair {report.Source} --allow-delete");
            }
        }
    }

    public static IEnumerable<Block> Of(IReadOnlyList<PostgresFeedStatus> feeds)
    {
        foreach (var feed in feeds)
        {
            yield return new Block.Line(
                "  ",
                $"{feed.Source}: {feed.State}, {Units.Bytes(feed.LagBytes)} behind"
                + (feed.Lag is { } lag ? $" ({Units.Seconds(lag)})" : "")
                + $", {Units.Bytes(feed.KeptBytes)} of log kept by slot '{feed.Slot}', {Units.Share(feed.SnapshotShare)} of the tables read"
                + (feed.Held > 0 ? $", {Units.Count(feed.Held, "deletion")} held back at most" : ""));
            if (feed.Trouble is { } trouble)
            {
                yield return new Block.Line(new("  ! ", Tone.Bad), $"it does not go on: {CommandLineWords.Of(trouble)}");
            }

            if (feed.State == PostgresFeedStatus.Lost)
            {
                yield return new Block.Line(
                    new("  ! ", Tone.Bad), "what the slot had not read is gone from the database's log; whoever carries the feed on reads everything again and compares");
            }
        }
    }
}
