using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>What the store remembers of why the queue of a namespace was not carried out when a worker tried last, for whoever looks how it stands.</summary>
/// <param name="entries">Where.</param>
/// <param name="namespace">Whose queue.</param>
internal sealed class WorkerBook(IServiceEntries entries, string @namespace)
{
    private const string Kind = "worker-trouble";

    private readonly string _key = FeedBook.KeyOf(@namespace, "");

    /// <summary>Writes it in the place of what is there.</summary>
    public ValueTask PutAsync(RunFailure failure, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var value = EntryText.Write(json =>
        {
            json.WriteString("code", failure.Code);
            json.WriteString("message", failure.Message);
            json.WriteString("remedy", failure.Remedy);
        });
        return entries.PutAsync(new ServiceEntry(Kind, _key, value, at), cancellationToken);
    }

    /// <returns>Null: whoever tried last worked.</returns>
    public async ValueTask<RunFailure?> FindAsync(CancellationToken cancellationToken) =>
        await entries.FindAsync(Kind, _key, cancellationToken).ConfigureAwait(false) is not { } entry ? null : EntryText.Read(entry.Value, json =>
            new RunFailure(EntryText.Text(json, "code")!, EntryText.Text(json, "message")!, EntryText.Text(json, "remedy")!));

    /// <summary>A worker worked. Costs one question where nothing is written, which is nearly always.</summary>
    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        if (await entries.FindAsync(Kind, _key, cancellationToken).ConfigureAwait(false) is not null)
        {
            await entries.RemoveAsync(Kind, _key, cancellationToken).ConfigureAwait(false);
        }
    }
}
