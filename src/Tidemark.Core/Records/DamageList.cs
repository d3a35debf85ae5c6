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
