using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Finds documents whose rows are gone, where the log did not say so row by row: a table was emptied, or the log was lost for a while. What it
/// finds is inferred, so the deletion guard has a word.
/// </summary>
internal sealed class FeedReconciler(
    TidemarkIndex index, SourceDatabase database, SlotKeeper slots, FeedJournal journal, PostgresFeedOptions options, FeedTally tally)
{
    private const int Page = 1000;

    /// <summary>More than the queue holds by default.</summary>
    private const int MostWaiting = 1_000_000;

    private string Namespace => options.Queue.Namespace ?? index.Namespace;

    /// <summary>All tables that are due and read.</summary>
    public async Task ReconcileAsync(IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(table => journal.State!.Tables[table.Name] is { IsDue: true, IsRead: true }))
        {
            await ReconcileAsync(table, tables, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReconcileAsync(SourceTable table, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        var segment = await SnapshotSegment.OpenAsync(database, slots, journal.State!.Slot, cancellationToken).ConfigureAwait(false);
        await using var held = segment.ConfigureAwait(false);
        var (known, gone) = (0L, 0L);
        await foreach (var (page, missing) in PagesAsync(segment, table, tables, cancellationToken).ConfigureAwait(false))
        {
            (known, gone) = (known + page, gone + missing.Count);
        }

        var holds = options.Guard.Holds(gone, known, listedNothing: gone == known);
        if (gone > 0 && !holds)
        {
            var version = FeedVersion.OfSnapshot(journal.State!.Origin, segment.Position);
            await journal.TakeAsync([], state => state with { Top = Math.Max(state.Top, version) }, cancellationToken).ConfigureAwait(false);
            await foreach (var (_, missing) in PagesAsync(segment, table, tables, cancellationToken).ConfigureAwait(false))
            {
                DocumentChange[] changes = [.. missing.Select(id => table.Mapper.Delete(id, version))];
                await journal.AddAsync(changes, cancellationToken).ConfigureAwait(false);
                tally.Reconciled += changes.Length;
            }
        }

        await journal.TakeAsync(
            [], state => state.With(table.Name, state.Tables[table.Name].Reconciled(segment.Position, holds ? gone : 0)), cancellationToken)
            .ConfigureAwait(false);
        options.Observer?.OnEvent(
            holds ? "guard" : "reconcile",
            holds
                ? $"held back {gone} deletions of {known} documents of '{table.Name}' whose rows are gone; if they are meant: PostgresFeed.RunAsync(\"{options.Source}\", Repair, DeletionGuard.Off)"
                : $"{gone} of {known} documents of '{table.Name}' had no row any more",
            isTrouble: holds);
    }

    /// <summary>How many documents a page has, and the ids of those without a row.</summary>
    private async IAsyncEnumerable<(int Documents, List<string> Missing)> PagesAsync(
        SnapshotSegment segment, SourceTable table, IReadOnlyList<SourceTable> tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<string>(Page);
        await foreach (var id in IdsAsync(table, tables, cancellationToken).ConfigureAwait(false))
        {
            page.Add(id);
            if (page.Count == Page)
            {
                yield return (page.Count, await MissingAsync(segment, table, page, cancellationToken).ConfigureAwait(false));
                page.Clear();
            }
        }

        if (page.Count > 0)
        {
            yield return (page.Count, await MissingAsync(segment, table, page, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>What is indexed of the table, and what waits to be and is of no other table.</summary>
    private async IAsyncEnumerable<string> IdsAsync(
        SourceTable table, IReadOnlyList<SourceTable> tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        var waiting = (await store.QueuedChanges.ListAsync(Namespace, state: null, MostWaiting, cancellationToken).ConfigureAwait(false))
            .Where(change => change.Source == options.Source && !change.IsDelete && IsOf(change.Document))
            .Select(change => change.Document).ToHashSet(StringComparer.Ordinal);
        await foreach (var document in store.Reader.DocumentsAsync(Namespace, "", cancellationToken).ConfigureAwait(false))
        {
            if (document.Source == options.Source && document.SourceId == table.Name)
            {
                waiting.Remove(document.Id);
                yield return document.Id;
            }
        }

        foreach (var id in waiting)
        {
            yield return id;
        }

        bool IsOf(string id) => tables.Where(one => one.Mapper.Pattern.Read(id).Count > 0).ToArray() is [var only] && only == table;
    }

    private static async Task<List<string>> MissingAsync(
        SnapshotSegment segment, SourceTable table, List<string> ids, CancellationToken cancellationToken)
    {
        var missing = new List<string>(ids);
        var readings = ids.ToDictionary(id => id, table.Mapper.Pattern.Read, StringComparer.Ordinal);
        string[][] keys = [.. readings.Values.Where(ways => ways.Count <= IdPattern.Most).SelectMany(ways => ways)];
        var found = new HashSet<string>(readings.Where(reading => reading.Value.Count > IdPattern.Most).Select(reading => reading.Key), StringComparer.Ordinal);
        await foreach (var row in new KeyedRows(segment.Connection, table).ReadAsync(keys, cancellationToken).ConfigureAwait(false))
        {
            if (table.Mapper.IdOf(row) is { } id)
            {
                found.Add(id);
            }
        }

        missing.RemoveAll(found.Contains);
        return missing;
    }
}
