using Tidemark.Indexing;
using Tidemark.Serving;

namespace Tidemark;

/// <summary>The keys of a service over a store: who may call it, and how much. They belong to no namespace, and are copied with the store.</summary>
public sealed class IndexKeys
{
    private readonly IndexOpener _opener;
    private AccessKeys? _keys;

    internal IndexKeys(IndexOpener opener) => _opener = opener;

    /// <summary>Makes a key.</summary>
    /// <returns>It, and its token, which cannot be read again.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: what is asked for is no key.</exception>
    public async Task<NewAccessKey> CreateAsync(AccessKeyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Require(_opener.Clock.GetUtcNow()); // before a store is made for it
        return await (await OpenAsync(cancellationToken).ConfigureAwait(false)).CreateAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The key that a token opens. What does not open is not told apart, nor does it take less time: no such key, another secret, revoked,
    /// expired.
    /// </summary>
    /// <returns>Null: none.</returns>
    public Task<AccessKey?> FindAsync(string? token, CancellationToken cancellationToken = default) =>
        LookAsync(keys => keys.FindAsync(token, cancellationToken), cancellationToken);

    /// <summary>All keys, the newest first; those that were revoked or have expired for 90 days longer.</summary>
    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken = default) =>
        LookAsync(keys => keys.ListAsync(cancellationToken), cancellationToken);

    /// <summary>Ends a key at once. One that was revoked before stays as it is.</summary>
    /// <exception cref="TidemarkException"><c>key.missing</c>.</exception>
    public async Task<AccessKey> RevokeAsync(string id, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).RevokeAsync(id, cancellationToken).ConfigureAwait(false);

    /// <summary>Gives a key another secret; what it may do stays.</summary>
    /// <param name="id">Which.</param>
    /// <param name="overlap">So long its former token is taken as well, and no longer than the key itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TidemarkException"><c>key.missing</c>: there is none that is valid; <c>usage</c>: an overlap below zero.</exception>
    public async Task<NewAccessKey> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).RotateAsync(id, overlap, cancellationToken).ConfigureAwait(false);

    /// <summary>Notes that a key was used; written at most once a minute for each.</summary>
    /// <param name="id">Of a key that was found.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task TouchAsync(string id, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).TouchAsync(id, now, cancellationToken).ConfigureAwait(false);

    /// <summary>Kept, since it knows which uses are noted.</summary>
    private async ValueTask<AccessKeys> OpenAsync(CancellationToken cancellationToken)
    {
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return Volatile.Read(ref _keys) ?? Interlocked.CompareExchange(ref _keys, KeysOf(store), null) ?? _keys;
    }

    private Task<T> LookAsync<T>(Func<AccessKeys, ValueTask<T>> look, CancellationToken cancellationToken) =>
        _opener.LookAsync(store => look(KeysOf(store)).AsTask(), cancellationToken);

    private AccessKeys KeysOf(ITidemarkStore store) => new(store.ServiceEntries, _opener.Clock);
}
