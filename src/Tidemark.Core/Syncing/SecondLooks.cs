using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Items put off because their id repeats in this run, or did in the last one. Per document only the winner is kept: the
/// highest version, else the last.
/// </summary>
internal sealed class SecondLooks
{
    /// <summary>Beyond this many UTF-16 code units they are judged before the listing ends.</summary>
    private const long MostHeld = 8 * 1024 * 1024;

    private readonly Dictionary<string, SecondLook> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentKey, string> _idOf = [];
    private long _size;

    public bool IsLarge => _size > MostHeld;

    public int Count => _byId.Count;

    /// <returns>False: it contradicts one of its id that is put off already, which stays.</returns>
    public bool Add(Decision decision, bool counted)
    {
        if (_byId.TryGetValue(decision.Id, out var earlier))
        {
            if (DocumentDiff.Contradict(earlier.Decision, decision))
            {
                return false;
            }

            counted = earlier.Counted;
            if (!DocumentDiff.LaterWins(earlier.Decision.Version, decision.Version))
            {
                return true;
            }

            _size -= SizeOf(earlier.Decision);
            decision = decision.After(earlier.Decision);
        }

        _byId[decision.Id] = new SecondLook(decision, counted);
        _size += SizeOf(decision);
        if (!decision.Glance.Key.IsNone)
        {
            _idOf[decision.Glance.Key] = decision.Id;
        }

        return true;
    }

    /// <summary>An unchanged item of the same document came later: unless versions say otherwise, it wins.</summary>
    /// <returns>Whether a deferred item was dropped.</returns>
    public bool YieldTo(DocumentKey unchanged)
    {
        if (!_idOf.TryGetValue(unchanged, out var id) || !_byId.TryGetValue(id, out var item)
            || item.Decision.IsNewer)
        {
            return false;
        }

        _size -= SizeOf(item.Decision);
        return _byId.Remove(id) && _idOf.Remove(unchanged);
    }

    public IReadOnlyList<SecondLook> TakeAll()
    {
        var all = _byId.Values.ToList();
        _byId.Clear();
        _idOf.Clear();
        _size = 0;
        return all;
    }

    private static long SizeOf(Decision decision) =>
        decision.Change is Documents.DocumentChange.Upsert upsert ? upsert.Document.Text.Length + 256 : 256;
}
