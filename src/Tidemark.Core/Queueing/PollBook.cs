using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>When databases were asked last whose answers are in the index: a poll that found nothing is news as well.</summary>
/// <param name="entries">Where it is kept.</param>
/// <param name="namespace">Whose sources.</param>
internal sealed class PollBook(IServiceEntries entries, string @namespace)
{
    private const string Kind = "poll-report";
    private const int Most = 1000;

    /// <param name="source">Which.</param>
    /// <param name="at">What was written there by then is in the index.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public ValueTask PutAsync(string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var value = EntryText.Write(json =>
        {
            json.WriteString("namespace", @namespace);
            json.WriteString("source", source);
        });
        return entries.PutAsync(new ServiceEntry(Kind, FeedBook.KeyOf(@namespace, source), value, at), cancellationToken);
    }

    /// <summary>By source.</summary>
    public async ValueTask<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var entry in await entries.ListAsync(Kind, before: null, Most, cancellationToken).ConfigureAwait(false))
        {
            if (EntryText.Read(entry.Value, json => EntryText.Text(json, "namespace") == @namespace ? EntryText.Text(json, "source")! : null!) is { } source)
            {
                known[source] = entry.At;
            }
        }

        return known;
    }
}
