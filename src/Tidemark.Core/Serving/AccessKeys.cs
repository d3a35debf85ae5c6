using System.Collections.Concurrent;
using Tidemark.Records;

namespace Tidemark.Serving;

/// <summary>
/// The keys of a service: who may call it, and how much. A key is kept with what it may do and the SHA-256 of its secret; whoever reads
/// the store cannot make a token of that. Safe for concurrent use, by any number of processes.
/// </summary>
/// <param name="entries">Where they are kept.</param>
/// <param name="clock">By which they expire.</param>
public sealed class AccessKeys(IServiceEntries entries, TimeProvider clock)
{
    private const string Kind = "key", UseKind = "key-use";
    private const int PageSize = 500;

    /// <summary>How long it is still known whose it was.</summary>
    private static readonly TimeSpan Remembered = AuditLog.Kept;

    private static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _uses = new(StringComparer.Ordinal);

    /// <summary>Makes a key.</summary>
    /// <returns>It, and its token, which cannot be read again.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: what is asked for is no key.</exception>
    public async ValueTask<NewAccessKey> CreateAsync(AccessKeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = clock.GetUtcNow();
        request.Require(now);
        while (true)
        {
            var token = AccessToken.Make();
            var key = new AccessKey
            {
                Id = token.Id,
                Name = request.Name,
                Scope = request.Scope,
                Namespaces = request.Namespaces is { } names ? [.. names.Distinct(StringComparer.Ordinal)] : null,
                CreatedAt = now,
                ExpiresAt = request.ExpiresAt,
                RequestsPerMinute = request.RequestsPerMinute,
                TokensPerDay = request.TokensPerDay,
            };
            if (await entries.TryAddAsync(EntryOf(new StoredAccessKey(key, token.Hash())), cancellationToken).ConfigureAwait(false))
            {
                return new NewAccessKey(key, token.Write());
            }
        }
    }

    /// <summary>
    /// The key that a token opens. What does not open is not told apart, nor does it take less time: no such key, another secret, revoked,
    /// expired.
    /// </summary>
    /// <returns>Null: none.</returns>
    public async ValueTask<AccessKey?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (AccessToken.Parse(token) is not { } parsed)
        {
            return null;
        }

        var entry = await entries.FindAsync(Kind, parsed.Id, cancellationToken).ConfigureAwait(false);
        var stored = entry is null ? StoredAccessKey.Unknown : AccessKeyText.Read(entry);
        return stored.Opens(parsed.Hash(), clock.GetUtcNow()) ? stored.Key : null;
    }

    /// <summary>All keys, the newest first; those that were revoked or have expired for 90 days longer.</summary>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken)
    {
        var uses = (await AllAsync(UseKind, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Key, entry => entry.At, StringComparer.Ordinal);
        return
        [
            .. (await AllAsync(Kind, cancellationToken).ConfigureAwait(false)).Select(entry => AccessKeyText.Read(entry).Key with
            {
                LastUsedAt = uses.TryGetValue(entry.Key, out var at) ? at : null,
            }),
        ];
    }

    /// <summary>Ends a key at once. One that was revoked before stays as it is.</summary>
    /// <exception cref="TidemarkException"><c>key.missing</c>.</exception>
    public ValueTask<AccessKey> RevokeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        stored => stored with
        {
            Key = stored.Key with { RevokedAt = stored.Key.RevokedAt ?? clock.GetUtcNow(), FormerUntil = null },
            FormerHash = null,
        },
        cancellationToken);

    /// <summary>Gives a key another secret; what it may do stays.</summary>
    /// <param name="id">Which.</param>
    /// <param name="overlap">So long its former token is taken as well, and no longer than the key itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TidemarkException"><c>key.missing</c>: there is none that is valid; <c>usage</c>: an overlap below zero.</exception>
    public async ValueTask<NewAccessKey> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        if (overlap < TimeSpan.Zero)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the time in which both tokens are taken is below zero", "give zero or more");
        }

        var token = AccessToken.Make(id);
        var key = await ChangeAsync(
            id,
            stored =>
            {
                var now = clock.GetUtcNow();
                return stored.IsUnreadable || !stored.Key.IsValid(now)
                    ? throw Missing(id, stored.IsUnreadable ? "is damaged" : "is not valid any more")
                    : new StoredAccessKey(stored.Key with { FormerUntil = overlap > TimeSpan.Zero ? now + overlap : null }, token.Hash(), stored.Hash);
            },
            cancellationToken).ConfigureAwait(false);
        return new NewAccessKey(key, token.Write());
    }

    /// <summary>Notes that a key was used; written at most once a minute for each.</summary>
    /// <param name="id">Of a key that was found.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask TouchAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = _uses.GetValueOrDefault(id, DateTimeOffset.MinValue);
        if (now - last < BetweenUses || !(last == DateTimeOffset.MinValue ? _uses.TryAdd(id, now) : _uses.TryUpdate(id, now, last)))
        {
            return;
        }

        if (await entries.FindAsync(UseKind, id, cancellationToken).ConfigureAwait(false) is not { } noted || now - noted.At >= BetweenUses)
        {
            await entries.PutAsync(new ServiceEntry(UseKind, id, "{}", now), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<AccessKey> ChangeAsync(string id, Func<StoredAccessKey, StoredAccessKey> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await entries.FindAsync(Kind, id, cancellationToken).ConfigureAwait(false) ?? throw Missing(id, "does not exist");
            var changed = EntryOf(change(AccessKeyText.Read(entry)));
            if (await entries.ReplaceAsync(changed, entry.Value, cancellationToken).ConfigureAwait(false))
            {
                return AccessKeyText.Read(changed).Key;
            }
        }
    }

    private static ServiceEntry EntryOf(StoredAccessKey stored)
    {
        var key = stored.Key;
        var end = key.RevokedAt ?? key.ExpiresAt;
        return new ServiceEntry(
            Kind, key.Id, AccessKeyText.Of(stored), key.CreatedAt, end < DateTimeOffset.MaxValue - Remembered ? end + Remembered : null);
    }

    private async ValueTask<List<ServiceEntry>> AllAsync(string kind, CancellationToken cancellationToken)
    {
        var all = new List<ServiceEntry>();
        while (true)
        {
            ServicePosition? before = all.Count > 0 ? all[^1].Position : null;
            var page = await entries.ListAsync(kind, before, PageSize, cancellationToken).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Count < PageSize)
            {
                return all;
            }
        }
    }

    private static TidemarkException Missing(string id, string why) =>
        new(ErrorCodes.KeyMissing, $"the key '{id}' {why}", "see 'Keys.ListAsync()' for those that there are; an id is the middle of a token");
}
