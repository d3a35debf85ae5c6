using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>What there is of what is to be forgotten, and of what earlier calls left unfinished.</summary>
internal sealed class ForgottenDocuments
{
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _groups = new(StringComparer.Ordinal);

    private ForgottenDocuments()
    {
    }

    /// <summary>Of whom nothing stays.</summary>
    public IReadOnlySet<string> Documents => _whole;

    /// <summary>The source ids under which nothing stays, former states of other documents among it.</summary>
    public IReadOnlyCollection<string> SourceIds => _groups;

    /// <summary>How many documents something is kept of.</summary>
    public long Count => _whole.Union(_parts, StringComparer.Ordinal).LongCount();

    /// <summary>Something that an earlier call left unfinished is held meanwhile, and stays.</summary>
    public bool LeavesSome { get; private set; }

    /// <exception cref="TidemarkException"><c>hold.held</c>: one of them is held.</exception>
    public static async Task<ForgottenDocuments> FindAsync(
        ITidemarkStore store, string @namespace, ForgetTarget target, CancellationToken cancellationToken)
    {
        var holds = await LegalHolds.ReadAsync(store, @namespace, cancellationToken).ConfigureAwait(false);
        foreach (var (document, sourceId) in target.Ids.Select(id => (id, id)).Concat(target.Groups.Select(group => ("", group))))
        {
            _ = holds.Covers(document, sourceId) ? throw holds.Refusal(document.Length > 0 ? document : sourceId, document, sourceId) : false;
        }

        var suppressions = await Suppressions.ReadAsync(store.Safeguards, @namespace, cancellationToken).ConfigureAwait(false);
        var found = new ForgottenDocuments();
        await found.AddUnderAsync(store, @namespace, target, (suppressions, holds), cancellationToken).ConfigureAwait(false);
        var prefix = target.Id is { } id && !suppressions.Unfinished.Any() ? id : "";
        var live = store.Reader.DocumentsAsync(@namespace, prefix, cancellationToken);
        var gone = store.Past.GoneAsync(@namespace, cancellationToken).Select(state => state.RequireSound().Document);
        await foreach (var document in live.Concat(gone).ConfigureAwait(false))
        {
            if (target.Covers(document))
            {
                _ = holds.Covers(document) ? throw holds.Refusal(document) : found._whole.Add(document.Id);
            }
            else if (suppressions.LeftUnfinished(document.Id, document.SourceId))
            {
                _ = holds.Covers(document) ? found.LeavesSome = true : found._whole.Add(document.Id);
            }
        }

        return found;
    }

    /// <summary>Documents that have a source id, or had it.</summary>
    private async Task AddUnderAsync(
        ITidemarkStore store,
        string @namespace,
        ForgetTarget target,
        (Suppressions Suppressions, LegalHolds Holds) rules,
        CancellationToken cancellationToken)
    {
        _groups.UnionWith(target.Groups);
        if (rules.Suppressions.Unfinished.Any(one => one.Scope == SafeguardScope.SourceId))
        {
            var known = await store.Past.SourceIdsAsync(@namespace, cancellationToken).ConfigureAwait(false);
            _groups.UnionWith(known.Where(group => rules.Suppressions.LeftUnfinished("", group)));
        }

        foreach (var group in _groups.ToArray())
        {
            foreach (var (document, isNow) in await store.Past.OfSourceIdAsync(@namespace, group, cancellationToken).ConfigureAwait(false))
            {
                if (!rules.Holds.Covers(document, group))
                {
                    _ = isNow ? _whole.Add(document) : _parts.Add(document);
                }
                else if (target.Groups.Contains(group))
                {
                    throw rules.Holds.Refusal(document, document, group);
                }
                else
                {
                    LeavesSome = true;
                    _groups.Remove(group);
                }
            }
        }
    }
}
