using System.Text;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Looks documents up again by id, outside of a listing.</summary>
internal static class StoredLookup
{
    public static async Task<DocumentRecord?[]> FindAsync(
        IRecordSession session,
        SourceKey source,
        IReadOnlyList<SecondLook> items,
        bool withText,
        CancellationToken cancellationToken) =>
        await FindAsync(session, source, [.. items.Select(item => item.Decision.Id)], withText, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Records in the ids' order; null where an id is unknown.</summary>
    public static async Task<DocumentRecord?[]> FindAsync(
        IRecordSession session, SourceKey source, string[] ids, bool withText, CancellationToken cancellationToken)
    {
        using var page = new IdPage(ids);
        var glances = new DocumentGlance[ids.Length];
        await session.GlanceAsync(source, page, glances, cancellationToken).ConfigureAwait(false);
        var keys = glances.Where(glance => !glance.Key.IsNone).Select(glance => glance.Key).ToList();
        var records = keys.Count == 0
            ? []
            : await session.LoadAsync(keys, withText, cancellationToken).ConfigureAwait(false);
        var next = 0;
        return Array.ConvertAll(glances, glance => glance.Key.IsNone ? null : records[next++]);
    }

    /// <summary>A decision that is yet to be made, for the secondLooks.</summary>
    public static Decision Undecided(DocumentChange change, DocumentGlance glance, bool ignoresVersion) => new()
    {
        Id = change is DocumentChange.Upsert upsert ? upsert.Document.Id : ((DocumentChange.Delete)change).Id,
        Change = change,
        Glance = glance,
        Verdict = Verdict.Edited,
        IgnoresVersion = ignoresVersion,
    };

    private sealed class IdPage(string[] ids) : ListingPage
    {
        private readonly ListedItem[] _items =
            Array.ConvertAll(ids, id => new ListedItem(Encoding.UTF8.GetBytes(id), ChangeToken.None));

        public override ReadOnlySpan<ListedItem> Items => _items;

        public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Only ids are known here.");

        public override string Describe(int index) => ids[index];
    }
}
