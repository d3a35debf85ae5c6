using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Documents of a run that have no chunk, each once: by key, or by id where it has no key yet.</summary>
internal sealed class EmptyDocuments
{
    private readonly HashSet<DocumentKey> _known = [];
    private readonly HashSet<string> _new = new(StringComparer.Ordinal);

    public long Count => _known.Count + _new.Count;

    public void Add(DocumentKey key) => _known.Add(key);

    public void Add(DocumentKey key, string id)
    {
        if (key.IsNone)
        {
            _new.Add(id);
        }
        else
        {
            _known.Add(key);
        }
    }

    public void Remove(DocumentKey key, string id)
    {
        if (Count > 0)
        {
            _known.Remove(key);
            _new.Remove(id);
        }
    }
}
