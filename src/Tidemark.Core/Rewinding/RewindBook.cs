using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Rewinding;

/// <summary>What the store remembers of how it went back, for whoever looks how a namespace stands.</summary>
internal sealed class RewindBook(IServiceEntries entries, string @namespace)
{
    private const string Kind = "rewound";

    private string Key => FeedBook.KeyOf(@namespace, "");

    /// <returns>Null: as far as anybody noticed it never did.</returns>
    public async ValueTask<RewoundState?> FindAsync(CancellationToken cancellationToken) =>
        await entries.FindAsync(Kind, Key, cancellationToken).ConfigureAwait(false) is { } entry ? Read(entry) : null;

    public ValueTask PutAsync(RewoundState state, CancellationToken cancellationToken) => entries.PutAsync(
        new ServiceEntry(
            Kind,
            Key,
            EntryText.Write(json =>
            {
                json.WriteNumber("known", state.Known);
                EntryText.Write(json, "knownAt", state.KnownAt?.ToStored());
                json.WriteNumber("found", state.Found);
                EntryText.Write(json, "acceptedAt", state.AcceptedAt?.ToStored());
            }),
            state.NoticedAt),
        cancellationToken);

    private static RewoundState? Read(ServiceEntry entry) => EntryText.Read(entry.Value, json => new RewoundState(
        json.GetProperty("known").GetInt64(), StoreTime.Known(EntryText.Number(json, "knownAt")), json.GetProperty("found").GetInt64(), entry.At)
    {
        AcceptedAt = StoreTime.Known(EntryText.Number(json, "acceptedAt")),
    });
}
