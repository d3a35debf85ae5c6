using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>
/// Erasure in the order that leaves no gap: first what may not come back is written down, then documents leave the index like any deleted one,
/// outside of the store too, then every row of them is removed, and then it is looked whether anything is left. What is written down says that
/// it is unfinished until nothing was found, and whoever forgets something finishes what others have left so.
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

    private bool _hasRemoved;

    /// <exception cref="TidemarkException"><c>hold.held</c>: one of them is held, and nothing was done.</exception>
    public async Task<ErasureReceipt> ForgetAsync(ForgetTarget target, TimeSpan wait, CancellationToken cancellationToken)
    {
        var before = await Suppressions.ReadAsync(store.Safeguards, known.Name, cancellationToken).ConfigureAwait(false);
        var found = await ForgottenDocuments.FindAsync(store, known.Name, target, cancellationToken).ConfigureAwait(false);
        string[] documents = [.. found.Documents.Union(target.Ids, StringComparer.Ordinal)];
        var secret = await store.Safeguards.KeepSecretAsync(StoreSecret.Make(), cancellationToken).ConfigureAwait(false);
        var at = clock.GetUtcNow();
        var named = $"{Rfc3339.Of(at)} {string.Join('\n', documents)} {string.Join('\n', found.SourceIds)}";
        var receipt = secret.HashOf(SafeguardScope.Document, named)["sha256:".Length..][..16];
        var suppressed = Suppressed(secret, documents, found.SourceIds, receipt, at);
        var (erased, keywords, delivered) = await BeginAsync(
            suppressed, () => EraseAsync(documents, found.SourceIds, wait, cancellationToken), cancellationToken).ConfigureAwait(false);
        delivered += await DeliverAsync(cancellationToken).ConfigureAwait(false);
        var probes = await store.Erasure.ProbeAsync(known.Name, documents, found.SourceIds, erased.Traces, cancellationToken).ConfigureAwait(false);
        var outside = await OutsideErasure.ProbeAsync(store, known, cancellationToken).ConfigureAwait(false);
        var result = new ErasureReceipt
        {
            Id = receipt,
            Namespace = known.Name,
            At = clock.GetUtcNow(),
            Documents = found.Count,
            Suppressed = [.. suppressed.Select(one => one.Name)],
            Removed = erased,
            Keywords = keywords,
            External = delivered,
            Probes = [.. probes, .. outside],
            Warnings = found.Count > 0 ? []
                : target.Filter is { } filter ? await UnknownKeysAsync(filter, cancellationToken).ConfigureAwait(false)
                : (target.Id ?? target.Group) is { } name && before.RefusalOf(name) is null
                    ? await SafeguardedName.WarningsAsync(
                        store, known.Name, target.Id is null ? SafeguardScope.SourceId : SafeguardScope.Document, name, "only what comes is refused", cancellationToken).ConfigureAwait(false)
                    : [],
            NotCovered = [.. store.Erasure.NotCovered, .. await OutsideErasure.NotCoveredAsync(store, known, cancellationToken).ConfigureAwait(false)],
        };
        if (result.IsClean)
        {
            await FinishAsync(suppressed, found.LeavesSome, receipt, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>What may not come back is noted before anything is removed; who is refused because of another run has noted nothing.</summary>
    private async Task<T> BeginAsync<T>(Safeguard[] suppressed, Func<Task<T>> erase, CancellationToken cancellationToken)
    {
        var before = await store.Safeguards.ListAsync(known.Name, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false);
        await store.Safeguards.ReplaceAsync(known.Name, [.. suppressed.Select(one => one.Begun())], cancellationToken).ConfigureAwait(false);
        try
        {
            return await erase().ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.RunLocked && !_hasRemoved)
        {
            var there = before.ToDictionary(one => (one.Scope, one.Name));
            await store.Safeguards.ReplaceAsync(
                known.Name, [.. suppressed.Select(one => there.GetValueOrDefault((one.Scope, one.Name))).OfType<Safeguard>()], CancellationToken.None).ConfigureAwait(false);
            foreach (var one in suppressed.Where(one => !there.ContainsKey((one.Scope, one.Name))))
            {
                await store.Safeguards.RemoveAsync(known.Name, one.Kind, one.Scope, one.Name, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>A filter that nothing meets may be a mistyped one.</summary>
    private async Task<IReadOnlyList<ItemWarning>> UnknownKeysAsync(MetadataFilter filter, CancellationToken cancellationToken)
    {
        var all = store.Reader.DocumentsAsync(known.Name, prefix: "", cancellationToken)
            .Concat(store.Past.GoneAsync(known.Name, cancellationToken).Select(state => state.RequireSound().Document));
        var keys = await UnknownKey.KnownAsync(all, cancellationToken).ConfigureAwait(false);
        return
        [
            .. filter.Conditions.Select(condition => condition.Key).Distinct(StringComparer.Ordinal).Where(key => !keys.Contains(key))
                .Select(key => UnknownKey.Warning(key, keys, "the documents have no metadata: name ids, or a source id")),
        ];
    }

    private static Safeguard[] Suppressed(
        StoreSecret secret, string[] documents, IEnumerable<string> groups, string receipt, DateTimeOffset at) =>
    [
        .. groups.Select(group => (Scope: SafeguardScope.SourceId, Name: group)).Concat(documents.Select(document => (Scope: SafeguardScope.Document, Name: document)))
            .Select(one => new Safeguard(SafeguardKind.Forgotten, one.Scope, secret.HashOf(one.Scope, one.Name), receipt, at)),
    ];

    /// <summary>Nothing is left of these, nor of what earlier calls had left unfinished.</summary>
    private async Task FinishAsync(Safeguard[] suppressed, bool leavesSome, string receipt, CancellationToken cancellationToken)
    {
        var all = await store.Safeguards.ListAsync(known.Name, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false);
        var own = suppressed.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        await store.Safeguards.ReplaceAsync(
            known.Name,
            [.. all.Where(one => one.IsUnfinished && (!leavesSome || own.Contains(one.Name))).Select(one => one with { Note = receipt })],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A run that had begun before may bring one back; then it goes once more.</summary>
    private async Task<(ErasedDocuments Erased, long Keywords, long Delivered)> EraseAsync(
        string[] documents, IReadOnlyCollection<string> groups, TimeSpan wait, CancellationToken cancellationToken)
    {
        var (erased, keywords, delivered) = (new ErasedDocuments(), 0L, 0L);
        IReadOnlyCollection<string> left = documents;
        for (var attempt = 0; attempt == 0 || left.Count > 0; attempt++)
        {
            var removed = await RemoveAsync(left, cancellationToken).ConfigureAwait(false);
            _hasRemoved |= removed is not null;
            keywords += removed?.Chunks.Deleted ?? 0;
            delivered += removed?.Index?.Delivered ?? 0;
            erased += await store.Erasure.EraseAsync(known.Name, left, groups, wait, cancellationToken).ConfigureAwait(false);
            _hasRemoved = true;
            left = erased.StillLive;
            if (left.Count > 0 && attempt == MostAttempts)
            {
                throw new TidemarkException(
                    ErrorCodes.StoreBusy, $"'{left.First()}' is brought back again and again by another run", "stop the other run, then forget it again");
            }
        }

        return (erased, keywords, delivered);
    }

    /// <summary>What an earlier call could not bring to an index outside, or to one beside it, is brought now.</summary>
    private async Task<long> DeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var generation in new[] { known.Generation, known.Beside }.OfType<GenerationRecord>())
        {
            if (await store.Outbox.BacklogAsync(generation.Id, cancellationToken).ConfigureAwait(false) is { Pending: > 0 })
            {
                return (await remove([], cancellationToken).ConfigureAwait(false)).Index?.Delivered ?? 0;
            }
        }

        return 0;
    }

    /// <returns>Null: none of them is in the index.</returns>
    private async Task<SyncReport?> RemoveAsync(IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        var wanted = documents.ToHashSet(StringComparer.Ordinal);
        var live = await store.Reader.DocumentsAsync(known.Name, wanted.Count == 1 ? wanted.First() : "", cancellationToken)
            .Where(document => wanted.Contains(document.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (live.Count == 0)
        {
            return null;
        }

        return await remove(
            [.. live.GroupBy(document => document.Source, StringComparer.Ordinal).Select(source =>
                (source.Key, (IReadOnlyList<DocumentChange>)[.. source.Select(Deletion)]))],
            cancellationToken).ConfigureAwait(false);
    }

    private static DocumentChange.Delete Deletion(DocumentSummary document) =>
        new(document.Id, document.SourceId, DocumentVersion.None, ChangeToken.None);
}
