namespace Tidemark.Records;

/// <summary>Gathers damages while a store is checked.</summary>
public sealed class DamageList
{
    private readonly List<RecordDamage> _listed = [];
    private long _count;

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>What was found.</summary>
    public RecordCheck Check => new() { Count = _count, Damages = _listed };

    /// <summary>
    /// What a check finds until it ends, or until the store says of itself that it is damaged, so that the check cannot go on: that is one
    /// damage more, beside those that were found before.
    /// </summary>
    public static async ValueTask<RecordCheck> GatherAsync(Func<DamageList, ValueTask> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var damages = new DamageList();
        try
        {
            await check(damages).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            damages.Add("the store", e.Message, DamageKind.Lost);
        }

        return damages.Check;
    }

    /// <summary>Forgets what was added: a check begins anew.</summary>
    public void Clear()
    {
        _listed.Clear();
        _count = 0;
    }

    /// <summary>Adds one.</summary>
    public void Add(string item, string what, DamageKind kind)
    {
        _count++;
        if (_listed.Count < RecordCheck.MostListed)
        {
            _listed.Add(new RecordDamage(item, what, kind));
        }
    }
}
