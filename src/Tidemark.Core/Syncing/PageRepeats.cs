using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Of items with one id in one page, lets the highest version win, else the last; of one number with other content the first. Pure.</summary>
internal static class PageRepeats
{
    public static void Settle(InspectedPage page)
    {
        var winners = new Dictionary<string, InspectedItem>(page.Others.Count, StringComparer.Ordinal);
        var known = new Dictionary<DocumentKey, InspectedItem>();
        foreach (var item in page.Others)
        {
            if (item.Decision is not { } decision)
            {
                continue;
            }

            if (winners.TryGetValue(decision.Id, out var earlier))
            {
                if (DocumentDiff.Contradict(earlier.Decision!, decision))
                {
                    // It is judged, and told, by itself, when the earlier one is stored.
                    earlier.Decision = earlier.Decision!.Repeated();
                    item.Decision = decision with { Conflict = page.FailureOf(item.Index, DocumentDiff.Contradiction(decision)) };
                    continue;
                }

                var laterWins = DocumentDiff.LaterWins(earlier.Decision!.Version, decision.Version) && !decision.YieldsTo(earlier.Decision);
                if (laterWins && decision.Conflict is not null && earlier.Decision!.Conflict is null)
                {
                    // What is taken of the earlier one, this one contradicts as well: it is judged, and told, by itself.
                    earlier.Decision = earlier.Decision.Repeated();
                    continue;
                }

                var (winner, loser) = laterWins ? (item, earlier) : (earlier, item);
                loser.Superseded = true;
                winner.Decision = laterWins ? winner.Decision!.Repeated().After(loser.Decision!) : winner.Decision!.Repeated();
                winners[decision.Id] = winner;
            }
            else
            {
                winners.Add(decision.Id, item);
            }
        }

        foreach (var item in winners.Values)
        {
            if (!item.Decision!.Glance.Key.IsNone)
            {
                if (!known.TryAdd(item.Decision.Glance.Key, item))
                {
                    throw new TidemarkException(
                        ErrorCodes.StoreCorrupt,
                        $"the store is damaged: it takes '{item.Decision.Id}' and '{known[item.Decision.Glance.Key].Decision!.Id}' for one document",
                        "run 'VerifyAsync(Repair)'");
                }
            }
        }

        if (known.Count > 0)
        {
            SettleAgainstUnchanged(page, known);
        }
    }

    /// <summary>An unchanged item may stand before or behind a changed one of the same document.</summary>
    private static void SettleAgainstUnchanged(InspectedPage page, Dictionary<DocumentKey, InspectedItem> changed)
    {
        var glances = page.Glances;
        var next = 0;
        for (var i = 0; i < glances.Length; i++)
        {
            if (next < page.Others.Count && page.Others[next].Index == i)
            {
                next++;
                continue;
            }

            if (changed.TryGetValue(glances[i].Key, out var item))
            {
                var incoming = item.Decision!;
                item.Superseded |= incoming.Verdict is Verdict.Outdated
                    || (!incoming.IsNewer && i > item.Index);
                item.Decision = incoming.Repeated();
            }
        }
    }
}
