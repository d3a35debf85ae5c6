using System.Security.Cryptography;
using System.Text;
using Tidemark.Records;

namespace Tidemark.Serving;

/// <summary>
/// What callers of a service did, kept for 90 days. Documents stand in it by a salted hash, so that it can be asked about one whose id is
/// known, and an id that was forgotten cannot be read from it.
/// </summary>
/// <param name="entries">Where it is kept.</param>
/// <param name="clock">By which it is cleaned.</param>
public sealed class AuditLog(IServiceEntries entries, TimeProvider clock)
{
    /// <summary>How long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const string Kind = "audit", SaltKind = "audit-salt", SaltKey = "salt";
    private const int MostCleaned = 1_000;

    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private byte[]? _salt;
    private long _cleanedAt = long.MinValue;

    /// <summary>Adds what was done. Now and then what has expired, of all that the service remembers, goes with it.</summary>
    public ValueTask AppendAsync(AuditEntry done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(done);
        return AppendAllAsync([done], cancellationToken);
    }

    /// <summary>Adds several that were done at once, in one transaction.</summary>
    public async ValueTask AppendAllAsync(IReadOnlyList<AuditEntry> done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(done);
        await entries.PutAllAsync([.. done.Select(EntryOf)], cancellationToken).ConfigureAwait(false);
        await CleanAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was done, the newest first.</summary>
    /// <param name="before">The <see cref="AuditEntry.Position"/> of the last one of the page before; null: from the newest on.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async ValueTask<IReadOnlyList<AuditEntry>> ListAsync(ServicePosition? before, int limit, CancellationToken cancellationToken) =>
        [.. (await entries.ListAsync(Kind, before, limit, cancellationToken).ConfigureAwait(false)).Select(AuditText.Read)];

    /// <summary>The name under which a document stands in it: <c>hmac-sha256:</c> and 64 hexadecimal digits.</summary>
    public async ValueTask<string> SubjectOfAsync(string document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        _salt ??= await SaltAsync(cancellationToken).ConfigureAwait(false);
        return "hmac-sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(document)));
    }

    private static ServiceEntry EntryOf(AuditEntry done) =>
        new(Kind, RandomNumberGenerator.GetHexString(16, lowercase: true), AuditText.Of(done), done.At, done.At + Kept);

    private async ValueTask<byte[]> SaltAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await entries.FindAsync(SaltKind, SaltKey, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                return EntryText.Read(entry.Value, json => json.GetProperty("salt").GetBytesFromBase64())
                    ?? throw new TidemarkException(
                        ErrorCodes.StoreCorrupt, "the salt of the audit log cannot be read", "restore the store from a backup");
            }

            var salt = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
            await entries.TryAddAsync(
                new ServiceEntry(SaltKind, SaltKey, EntryText.Write(json => json.WriteBase64String("salt", salt)), clock.GetUtcNow()),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CleanAsync(CancellationToken cancellationToken)
    {
        var (now, last) = (clock.GetUtcNow(), Interlocked.Read(ref _cleanedAt));
        if ((last == long.MinValue || now.UtcTicks - last >= BetweenCleanings.Ticks)
            && Interlocked.CompareExchange(ref _cleanedAt, now.UtcTicks, last) == last)
        {
            await entries.RemoveExpiredAsync(now, MostCleaned, cancellationToken).ConfigureAwait(false);
        }
    }
}
