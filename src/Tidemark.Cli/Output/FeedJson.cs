using System.Text.Json;
using Tidemark.Postgres.Feeding;

namespace Tidemark.Cli.Output;

/// <summary>What <c>feed</c>, <c>feed repair</c> and <c>feed status</c> print.</summary>
internal static class FeedJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PostgresFeedReport> reports)
    {
        json.WriteStartArray();
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteString("source", report.Source);
            json.WriteNumber("transactions", report.Transactions);
            json.WriteNumber("changes", report.Changes);
            json.WriteNumber("rows", report.Rows);
            json.WriteNumber("reconciled", report.Reconciled);
            json.WriteNumber("held", report.Held);
            json.WriteNumber("failed", report.Failed);
            json.WriteNumber("snapshotShare", Math.Round(report.SnapshotShare, 4));
            json.WriteString("position", report.Position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<PostgresFeedStatus> feeds)
    {
        json.WriteStartArray();
        foreach (var feed in feeds)
        {
            json.WriteStartObject();
            json.WriteString("source", feed.Source);
            json.WriteString("slot", feed.Slot);
            json.WriteString("state", feed.State);
            json.WriteString("trouble", feed.Trouble);
            json.WriteNumber("lagBytes", feed.LagBytes);
            json.WriteNumber("keptBytes", feed.KeptBytes);
            if (feed.Lag is { } lag)
            {
                json.WriteNumber("lagSeconds", Math.Round(lag.TotalSeconds, 1));
            }
            else
            {
                json.WriteNull("lagSeconds");
            }

            json.WriteNumber("snapshotShare", Math.Round(feed.SnapshotShare, 4));
            json.WriteNumber("held", feed.Held);
            json.WriteString("position", feed.Position);
            json.WriteStartArray("tables");
            foreach (var (table, share, held) in feed.Tables)
            {
                json.WriteStartObject();
                json.WriteString("table", table);
                json.WriteNumber("snapshotShare", Math.Round(share, 4));
                json.WriteNumber("held", held);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
