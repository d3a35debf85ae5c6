using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>
/// Erasure in the order that leaves no gap: first what may not come back is written down, then documents leave the index like any deleted one,
/// outside of the store too, then every row of them is removed, and then it is looked whether anything is left.
/// </summary>
/// <param name="store">Holds them.</param>
/// <param name="known">Their namespace.</param>
/// <param name="clock">Of the receipt.</param>
/// <param name="remove">Takes documents out of the index, by source and change.</param>
internal sealed class ForgetEngine(
    ITidemarkStore store,
    NamespaceSummary known,
    TimeProvider clock,
    Func<IReadOnlyList<(string Source, IReadOnlyList<DocumentChange> Changes)>, CancellationToken, Task<SyncReport>> remove)
{
    private const int MostAttempts = 5;

    /// <exception cref="TidemarkException"><c>hold.held</c>: one of them is held, and nothing was done.</exception>
    public async Task<ErasureReceipt> ForgetAsync(ForgetTarget target, TimeSpan wait, CancellationToken cancellationToken)
    {
        var found = await FindAsync(target, cancellationToken).ConfigureAwait(false);
        string[] documents = [.. found.Select(document => document.Id).Append(target.Id).OfType<string>().Distinct(StringComparer.Ordinal)];
        var secret = await store.Safeguards.KeepSecretAsync(StoreSecret.Make(), cancellationToken).ConfigureAwait(false);
        var at = clock.GetUtcNow();
        var receipt = secret.HashOf(SafeguardScope.Document, $"{Rfc3339.Of(at)} {string.Join('\n', documents)} {target.Group}")["sha256:".Length..][..16];
        var suppressed = await SuppressAsync(secret, documents, target.Group, receipt, at, cancellationToken).ConfigureAwait(false);
        var (erased, keywords) = await EraseAsync(documents, target.Group, wait, cancellationToken).ConfigureAwait(false);
        return new ErasureReceipt
        {
            Id = receipt,
            Namespace = known.Name,
            At = clock.GetUtcNow(),
            Documents = found.Count,
            Suppressed = suppressed,
            Removed = erased,
            Keywords = keywords,
            External = known.Generation is { Pipeline.IsExternal: true } ? keywords : 0,
            Probes = await store.Erasure.ProbeAsync(known.Name, documents, erased.Traces, cancellationToken).ConfigureAwait(false),
            NotCovered = store.Erasure.NotCovered,
        };
    }

    private async Task<List<DocumentSummary>> FindAsync(ForgetTarget target, CancellationToken cancellationToken)
    {
        var holds = await LegalHolds.ReadAsync(store, known.Name, cancellationToken).ConfigureAwait(false);
        var found = new List<DocumentSummary>();
        var live = store.Reader.DocumentsAsync(known.Name, target.Id ?? "", cancellationToken);
        var gone = store.Past.GoneAsync(known.Name, cancellationToken).Select(state => state.Document);
        await foreach (var document in live.Concat(gone).Where(target.Covers).ConfigureAwait(false))
        {
            found.Add(holds.Covers(document) ? throw holds.Refusal(document) : document);
        }

        return holds.Covers(target.Id ?? "", target.Group ?? target.Id ?? "")
            ? throw holds.RefusalOfAll(known.Name)!
            : found;
    }

    private async Task<List<string>> SuppressAsync(
        StoreSecret secret, string[] documents, string? group, string receipt, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var names = documents.Select(document => (Scope: SafeguardScope.Document, Name: secret.HashOf(SafeguardScope.Document, document)));
        if (group is not null)
        {
            names = names.Prepend((SafeguardScope.SourceId, secret.HashOf(SafeguardScope.SourceId, group)));
        }

        var suppressed = new List<string>();
        foreach (var (scope, name) in names)
        {
            await store.Safeguards.AddAsync(
                known.Name, new Safeguard(SafeguardKind.Forgotten, scope, name, receipt, at), cancellationToken).ConfigureAwait(false);
            suppressed.Add(name);
        }

        return suppressed;
    }

    /// <summary>A run that had begun before may bring one back; then it goes once more.</summary>
    private async Task<(ErasedDocuments Erased, long Keywords)> EraseAsync(
        string[] documents, string? group, TimeSpan wait, CancellationToken cancellationToken)
    {
        var (erased, keywords) = (new ErasedDocuments(), 0L);
        IReadOnlyCollection<string> left = documents;
        for (var attempt = 0; attempt == 0 || left.Count > 0; attempt++)
        {
            keywords += await RemoveAsync(left, cancellationToken).ConfigureAwait(false);
            erased += await store.Erasure.EraseAsync(known.Name, left, group, wait, cancellationToken).ConfigureAwait(false);
            left = erased.StillLive;
            if (left.Count > 0 && attempt == MostAttempts)
            {
                throw new TidemarkException(
                    ErrorCodes.StoreBusy, $"'{left.First()}' is brought back again and again by another run", "stop the other run, then forget it again");
            }
        }

        return (erased, keywords);
    }

    private async Task<long> RemoveAsync(IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        var wanted = documents.ToHashSet(StringComparer.Ordinal);
        var live = await store.Reader.DocumentsAsync(known.Name, wanted.Count == 1 ? wanted.First() : "", cancellationToken)
            .Where(document => wanted.Contains(document.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (live.Count == 0)
        {
            return 0;
        }

        var report = await remove(
            [.. live.GroupBy(document => document.Source, StringComparer.Ordinal).Select(source =>
                (source.Key, (IReadOnlyList<DocumentChange>)[.. source.Select(Deletion)]))],
            cancellationToken).ConfigureAwait(false);
        return report.Chunks.Deleted;
    }

    private static DocumentChange.Delete Deletion(DocumentSummary document) =>
        new(document.Id, document.SourceId, DocumentVersion.None, ChangeToken.None);
}
