using System.Runtime.CompilerServices;
using Tidemark.Archiving;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Copying;

/// <summary>Moves everything from one store to another, of whatever kind, without an embedding call, and proves it.</summary>
public sealed class StoreCopy(ITidemarkStore source, ITidemarkStore target, TimeProvider clock)
{
    /// <summary>How long to wait for runs on either store.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>
    /// Copies one committed state of the source into an empty target, rebuilds the index there, and reads everything back:
    /// every row must be what it was, and every index what its records say. Until that is proved the target is no store: whoever
    /// opens it is refused (<c>store.unfinished</c>), and a repeated copy into it goes on where the former one ended: what is there and is still the same is not written again. A target that is the finished copy of this
    /// very state is read and left as it is: whoever was killed before he heard of the end may ask again.
    /// </summary>
    /// <exception cref="TidemarkException">
    /// <c>store.not-empty</c>: nothing was written. <c>store.copy</c>: the target is not what the source was.
    /// </exception>
    public Task<StoreCopyReport> RunAsync(IProgress<StoreCopyProgress>? progress, CancellationToken cancellationToken) =>
        new LockPatience(Wait, clock).RunAsync(() => new ValueTask<StoreCopyReport>(CopyAsync(progress, cancellationToken)), cancellationToken);

    private async Task<StoreCopyReport> CopyAsync(IProgress<StoreCopyProgress>? progress, CancellationToken cancellationToken)
    {
        await RequireOneGenerationAsync(cancellationToken).ConfigureAwait(false);
        ArchiveDigest read;
        long attempt, brought;
        try
        {
            (attempt, read, brought) = await FillAsync(progress, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreNotEmpty)
        {
            if (await FindFinishedAsync(progress, cancellationToken).ConfigureAwait(false) is { } finished)
            {
                return finished;
            }

            throw;
        }

        var namespaces = await target.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        var indexed = 0L;
        foreach (var @namespace in namespaces.Where(one => one.Generation is not null))
        {
            progress?.Report(new StoreCopyProgress("indexing", @namespace.Name, indexed));
            await ProveRecordsAsync(@namespace.Name, cancellationToken).ConfigureAwait(false);
            indexed += await target.Index.RepairAsync(@namespace.Name, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            await ProveIndexAsync(@namespace.Name, cancellationToken).ConfigureAwait(false);
        }

        var written = await ReadAsync(target, progress, cancellationToken).ConfigureAwait(false);
        if (read.DifferencesTo(written) is { Count: > 0 } differing)
        {
            await ForgetAsync(differing, cancellationToken).ConfigureAwait(false);
            throw Failed($"of the copy, {string.Join(" and ", differing.Select(table => $"'{table}'"))} differ from the original");
        }

        await target.Archive.CompleteAsync(attempt, cancellationToken).ConfigureAwait(false);
        return Report(read, namespaces) with { RowsWritten = brought };
    }

    private async Task<(long Attempt, ArchiveDigest Read, long Written)> FillAsync(IProgress<StoreCopyProgress>? progress, CancellationToken cancellationToken)
    {
        var filling = await target.Archive.FillAsync(cancellationToken).ConfigureAwait(false);
        await using var heldTarget = filling.ConfigureAwait(false);
        var reading = await source.Archive.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var heldSource = reading.ConfigureAwait(false);
        var copy = new TableCopy(reading, filling, progress);
        await copy.RunAsync(cancellationToken).ConfigureAwait(false);
        await filling.EndAsync(cancellationToken).ConfigureAwait(false);
        return (filling.Attempt, copy.Read, copy.Written);
    }

    /// <summary>What was noted as brought and is not what it was: the next attempt brings it anew.</summary>
    private async Task ForgetAsync(IReadOnlyList<ArchiveTable> tables, CancellationToken cancellationToken)
    {
        var filling = await target.Archive.FillAsync(cancellationToken).ConfigureAwait(false);
        await using var held = filling.ConfigureAwait(false);
        foreach (var table in tables)
        {
            await filling.EmptyAsync(table, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The index of a generation that follows is not made anew in a copy, so there would be no way back to it.</summary>
    /// <exception cref="TidemarkException"><c>migration.running</c>.</exception>
    private async Task RequireOneGenerationAsync(CancellationToken cancellationToken)
    {
        var namespaces = await source.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        if (namespaces.FirstOrDefault(one => one.Beside is { State: GenerationState.Previous }) is { } migrated)
        {
            throw new TidemarkException(
                ErrorCodes.MigrationRunning,
                $"a migration of '{migrated.Name}' was promoted and not finished: a copy has no way back",
                $"end it first: 'FinishMigrationAsync(Namespace: \"{migrated.Name}\")'");
        }
    }

    /// <returns>Null: the target holds something else than the source does now.</returns>
    private async Task<StoreCopyReport?> FindFinishedAsync(IProgress<StoreCopyProgress>? progress, CancellationToken cancellationToken)
    {
        var namespaces = await target.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        var originals = await source.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        if (!namespaces.Select(Told).SequenceEqual(originals.Select(Told)))
        {
            return null;
        }

        var original = await ReadAsync(source, progress, cancellationToken).ConfigureAwait(false);
        var copy = await ReadAsync(target, progress, cancellationToken).ConfigureAwait(false);
        if (original.DifferencesTo(copy).Count > 0)
        {
            return null;
        }

        foreach (var @namespace in namespaces.Where(one => one.Generation is not null))
        {
            await ProveIndexAsync(@namespace.Name, cancellationToken).ConfigureAwait(false);
        }

        return Report(copy, namespaces) with { WasThere = true };

        static (string, long, long) Told(NamespaceSummary one) => (one.Name, one.Documents, one.Chunks);
    }

    private static async Task<ArchiveDigest> ReadAsync(
        ITidemarkStore store, IProgress<StoreCopyProgress>? progress, CancellationToken cancellationToken)
    {
        var digest = new ArchiveDigest();
        await foreach (var _ in Digested(store.Archive, digest, "compared", progress, cancellationToken).ConfigureAwait(false))
        {
            // Reading is the proof.
        }

        return digest;
    }

    private static StoreCopyReport Report(ArchiveDigest read, IReadOnlyList<NamespaceSummary> namespaces) => new()
    {
        Namespaces = read.RowsOf(ArchiveTables.Namespaces),
        Documents = namespaces.Sum(one => one.Documents),
        Chunks = namespaces.Sum(one => one.Chunks),
        Embeddings = read.RowsOf(ArchiveTables.Embeddings),
        FormerStates = read.RowsOf(ArchiveTables.History),
        Runs = read.RowsOf(ArchiveTables.Runs),
        Rows = ArchiveTables.All.Sum(read.RowsOf),
    };

    private static async IAsyncEnumerable<IReadOnlyList<ArchiveRow>> Digested(
        IStoreArchive archive,
        ArchiveDigest digest,
        string doing,
        IProgress<StoreCopyProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var page in archive.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            digest.Add(page);
            rows += page.Count;
            if (page.Count > 0)
            {
                progress?.Report(new StoreCopyProgress(doing, page[0].Table.Name, rows));
            }

            yield return page;
        }
    }

    /// <summary>A source that was not in step has vectors missing, which is the source's fault and stays so in the copy.</summary>
    private async ValueTask ProveIndexAsync(string @namespace, CancellationToken cancellationToken)
    {
        var check = await target.Index.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (check with { MissingEmbeddings = [] } is { IsClean: false } wrong)
        {
            throw Failed(
                $"the index of '{@namespace}' was not rebuilt as its records say: "
                + $"{wrong.Missing} missing, {wrong.Orphaned} orphaned, {wrong.Stale} stale");
        }
    }

    /// <summary>What was damaged before it was copied is damaged in the copy, and would pass for a backup.</summary>
    private async ValueTask ProveRecordsAsync(string @namespace, CancellationToken cancellationToken)
    {
        var check = await target.Care.CheckAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (check.Damages is [var damage, ..])
        {
            throw new TidemarkException(
                ErrorCodes.StoreCorrupt,
                $"'{damage.Item}' of the namespace '{@namespace}' is damaged in the original: {damage.What}"
                + (check.Count > 1 ? $", and {check.Count - 1} more" : ""),
                $"run 'VerifyAsync(SOURCE, Repair, Namespace: \"{@namespace}\")' on the original, with its sources; then copy again");
        }
    }

    private static TidemarkException Failed(string message) => new(
        ErrorCodes.StoreCopy, message, "copy again, which brings those anew; the source was not touched");
}
