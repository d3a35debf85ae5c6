using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>
/// What the store remembers of those who carry out the queue of a namespace, for whoever looks how it stands: when they looked at it last, and what
/// the one that tried last ran into.
/// </summary>
/// <param name="entries">Where.</param>
/// <param name="namespace">Whose queue.</param>
internal sealed class WorkerBook(IServiceEntries entries, string @namespace)
{
    private const string Trouble = "worker-trouble";
    private const string Sign = "worker-sign";
    private const int Most = 1000;

    /// <summary>A worker that went without a word is not spoken of for ever.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly string _key = FeedBook.KeyOf(@namespace, "");

    /// <summary>A worker has looked at the queue.</summary>
    public ValueTask SignAsync(string worker, DateTimeOffset at, CancellationToken cancellationToken) => entries.PutAsync(
        new ServiceEntry(Sign, FeedBook.KeyOf(@namespace, worker), EntryText.Write(json => json.WriteString("namespace", @namespace)), at, at + KeptFor),
        cancellationToken);

    /// <summary>It looks no more, and that is as it should be.</summary>
    public async ValueTask LeaveAsync(string worker, CancellationToken cancellationToken) =>
        await entries.RemoveAsync(Sign, FeedBook.KeyOf(@namespace, worker), cancellationToken).ConfigureAwait(false);

    /// <returns>When a worker looked last of those that have not said goodbye; null: there are none.</returns>
    public async ValueTask<DateTimeOffset?> SignedAsync(CancellationToken cancellationToken) =>
        (await entries.ListAsync(Sign, before: null, Most, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(entry => EntryText.Read(entry.Value, json => EntryText.Text(json, "namespace")!) == @namespace)?.At;

    /// <summary>What the one that tried last ran into, in the place of what is there.</summary>
    public ValueTask PutAsync(RunFailure failure, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var value = EntryText.Write(json =>
        {
            json.WriteString("code", failure.Code);
            json.WriteString("message", failure.Message);
            json.WriteString("remedy", failure.Remedy);
        });
        return entries.PutAsync(new ServiceEntry(Trouble, _key, value, at), cancellationToken);
    }

    /// <returns>Null: whoever tried last worked.</returns>
    public async ValueTask<RunFailure?> FindAsync(CancellationToken cancellationToken) =>
        await entries.FindAsync(Trouble, _key, cancellationToken).ConfigureAwait(false) is not { } entry ? null : EntryText.Read(entry.Value, json =>
            new RunFailure(EntryText.Text(json, "code")!, EntryText.Text(json, "message")!, EntryText.Text(json, "remedy")!));

    /// <summary>A worker worked. Costs one question where nothing is written, which is nearly always.</summary>
    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        if (await entries.FindAsync(Trouble, _key, cancellationToken).ConfigureAwait(false) is not null)
        {
            await entries.RemoveAsync(Trouble, _key, cancellationToken).ConfigureAwait(false);
        }
    }
}
