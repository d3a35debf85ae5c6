using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Serving;

namespace Tidemark;

/// <summary>What callers of a service over a store did, kept for 90 days. Documents stand in it by a salted hash.</summary>
public sealed class IndexAudit
{
    private readonly IndexOpener _opener;
    private AuditLog? _log;

    internal IndexAudit(IndexOpener opener) => _opener = opener;

    /// <summary>Adds what was done. Now and then what has expired, of all that the service remembers, goes with it.</summary>
    public async Task AppendAsync(AuditEntry done, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).AppendAsync(done, cancellationToken).ConfigureAwait(false);

    /// <summary>Adds several that were done at once, in one transaction.</summary>
    public async Task AppendAllAsync(IReadOnlyList<AuditEntry> done, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).AppendAllAsync(done, cancellationToken).ConfigureAwait(false);

    /// <summary>What was done, the newest first.</summary>
    /// <param name="before">The <see cref="AuditEntry.Position"/> of the last one of the page before; null: from the newest on.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        ServicePosition? before = null, int limit = 100, CancellationToken cancellationToken = default) => _opener.LookAsync(
        store => LogOf(store).ListAsync(before, limit, cancellationToken).AsTask(), cancellationToken);

    /// <summary>The name under which a document stands in it: <c>hmac-sha256:</c> and 64 hexadecimal digits.</summary>
    public async Task<string> SubjectOfAsync(string document, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).SubjectOfAsync(document, cancellationToken).ConfigureAwait(false);

    private async ValueTask<AuditLog> OpenAsync(CancellationToken cancellationToken)
    {
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return Volatile.Read(ref _log) ?? Interlocked.CompareExchange(ref _log, LogOf(store), null) ?? _log;
    }

    private AuditLog LogOf(ITidemarkStore store) => new(store.ServiceEntries, _opener.Clock);
}
