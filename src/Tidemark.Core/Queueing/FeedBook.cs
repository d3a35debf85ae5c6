using System.Security.Cryptography;
using System.Text;
using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>What the store remembers of the feeds of a namespace, for whoever looks how they stand.</summary>
/// <param name="entries">Where.</param>
/// <param name="namespace">Whose feeds.</param>
public sealed class FeedBook(IServiceEntries entries, string @namespace)
{
    private const string Kind = "feed-report";
    private const int Most = 1000;

    /// <summary>Of that kind and name among the store's entries, whatever was chosen for a name.</summary>
    public static string KeyOf(string @namespace, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{@namespace}\n{source}")));

    /// <summary>Writes how a feed stands.</summary>
    public ValueTask PutAsync(FeedReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var value = EntryText.Write(json =>
        {
            json.WriteString("namespace", @namespace);
            json.WriteString("source", report.Source);
            json.WriteNumber("lagBytes", report.LagBytes);
            json.WriteNumber("lag", report.Lag.Ticks);
            json.WriteNumber("share", report.SnapshotShare);
            json.WriteNumber("held", report.Held);
            EntryText.Write(json, "compared", report.ComparedAt?.ToStored());
            EntryText.Write(json, "trouble", report.Trouble);
        });
        return entries.PutAsync(new ServiceEntry(Kind, KeyOf(@namespace, report.Source), value, report.At), cancellationToken);
    }

    /// <summary>All of them, by source.</summary>
    public async ValueTask<IReadOnlyList<FeedReport>> ListAsync(CancellationToken cancellationToken)
    {
        var known = await entries.ListAsync(Kind, before: null, Most, cancellationToken).ConfigureAwait(false);
        return [.. known.Select(Read).OfType<FeedReport>().OrderBy(report => report.Source, StringComparer.Ordinal)];
    }

    private FeedReport? Read(ServiceEntry entry) => EntryText.Read(entry.Value, json =>
        EntryText.Text(json, "namespace") != @namespace ? null! : new FeedReport(EntryText.Text(json, "source")!, entry.At)
        {
            LagBytes = EntryText.Number(json, "lagBytes") ?? 0,
            Lag = new TimeSpan(EntryText.Number(json, "lag") ?? 0),
            SnapshotShare = json.GetProperty("share").GetDouble(),
            Held = EntryText.Number(json, "held") ?? 0,
            ComparedAt = StoreTime.Known(EntryText.Number(json, "compared")),
            Trouble = EntryText.Text(json, "trouble"),
        });
}
