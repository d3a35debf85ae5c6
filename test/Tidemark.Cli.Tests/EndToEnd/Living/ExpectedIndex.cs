namespace Tidemark.Cli.Tests.EndToEnd.Living;

/// <summary>What a namespace has to hold by what was done to it, and what it held at former moments: the model of <see cref="RandomLife"/>.</summary>
internal sealed class ExpectedIndex
{
    private readonly List<(DateTimeOffset At, Dictionary<string, string[]> Documents)> _moments = [];

    /// <summary>Texts of the folder's files as they lie there.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>As the last sync found them.</summary>
    public Dictionary<string, string> Listed { get; } = new(StringComparer.Ordinal);

    /// <summary>Brought back, and not in the folder.</summary>
    public Dictionary<string, string> Restored { get; } = new(StringComparer.Ordinal);

    /// <summary>What left the folder, as it was then.</summary>
    public SortedDictionary<string, string> Gone { get; } = new(StringComparer.Ordinal);

    /// <summary>Records that came through the queue.</summary>
    public SortedDictionary<string, ExpectedRecord> Records { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>Refused until that is lifted.</summary>
    public SortedSet<string> Forgotten { get; } = new(StringComparer.Ordinal);

    /// <summary>No moment before has them any more, also where they have come back since.</summary>
    public HashSet<string> OnceForgotten { get; } = new(StringComparer.Ordinal);

    /// <summary>The sync found the folder as it is.</summary>
    public void List()
    {
        foreach (var (document, text) in Listed.Where(listed => !Files.ContainsKey(listed.Key) && !Restored.ContainsKey(listed.Key)))
        {
            Gone[document] = text;
        }

        Listed.Clear();
        foreach (var (document, text) in Files)
        {
            Listed[document] = text;
            Restored.Remove(document);
            Gone.Remove(document);
        }
    }

    public void Restore(string document)
    {
        Restored[document] = Gone[document];
        Gone.Remove(document);
    }

    public void Forget(string document)
    {
        Forgotten.Add(document);
        OnceForgotten.Add(document);
        Restored.Remove(document);
        Gone.Remove(document);
    }

    /// <summary>From then on it may come back, with the next sync that lists it.</summary>
    public void Lift(string document)
    {
        Forgotten.Remove(document);
        Listed.Remove(document);
    }

    /// <summary>Documents and their marks; those whose time ends or ended within a second are in neither this nor an answer that is compared.</summary>
    public Dictionary<string, string[]> At(DateTimeOffset moment) => Listed.Concat(Restored)
        .Where(document => !Forgotten.Contains(document.Key))
        .Concat(Records.Where(record => record.Value.IsThere(moment)).Select(record => KeyValuePair.Create(record.Key, record.Value.Text!)))
        .ToDictionary(document => document.Key, document => Marks.Of(document.Value), StringComparer.Ordinal);

    public bool IsEnding(string document, DateTimeOffset moment) => Records.GetValueOrDefault(document)?.IsEnding(moment) == true;

    /// <summary>Remembers what is there now, if nothing is about to end.</summary>
    public void Remember(DateTimeOffset now)
    {
        if (!Records.Keys.Any(document => IsEnding(document, now)))
        {
            _moments.Add((now, At(now)));
        }
    }

    /// <returns>Null: nothing was remembered yet.</returns>
    public (DateTimeOffset At, Dictionary<string, string[]> Documents)? Remembered(Random random)
    {
        if (_moments.Count == 0)
        {
            return null;
        }

        var (at, documents) = _moments[random.Next(_moments.Count)];
        return (at, documents.Where(document => !OnceForgotten.Contains(document.Key)).ToDictionary(StringComparer.Ordinal));
    }
}
