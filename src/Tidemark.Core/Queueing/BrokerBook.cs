using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>What the store remembers of the brokers whose messages go into the queue of a namespace, for whoever looks how they stand.</summary>
/// <param name="entries">Where.</param>
/// <param name="namespace">Whose queue.</param>
public sealed class BrokerBook(IServiceEntries entries, string @namespace)
{
    private const string Kind = "broker";
    private const int Most = 1000;

    /// <summary>A hook that was taken out of the settings is not spoken of for ever.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Writes how one stands.</summary>
    public ValueTask PutAsync(BrokerReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var value = EntryText.Write(json =>
        {
            json.WriteString("namespace", @namespace);
            json.WriteString("hook", report.Hook);
            json.WriteString("place", report.Place);
            EntryText.Write(json, "trouble", report.Trouble);
        });
        return entries.PutAsync(new ServiceEntry(Kind, FeedBook.KeyOf(@namespace, report.Hook), value, report.At, report.At + KeptFor), cancellationToken);
    }

    /// <summary>All of them, by hook.</summary>
    public async ValueTask<IReadOnlyList<BrokerReport>> ListAsync(CancellationToken cancellationToken)
    {
        var known = await entries.ListAsync(Kind, before: null, Most, cancellationToken).ConfigureAwait(false);
        return [.. known.Select(Read).OfType<BrokerReport>().OrderBy(report => report.Hook, StringComparer.Ordinal)];
    }

    private BrokerReport? Read(ServiceEntry entry) => EntryText.Read(entry.Value, json =>
        EntryText.Text(json, "namespace") != @namespace ? null! : new BrokerReport(EntryText.Text(json, "hook")!, EntryText.Text(json, "place")!, entry.At)
        {
            Trouble = EntryText.Text(json, "trouble"),
        });
}
