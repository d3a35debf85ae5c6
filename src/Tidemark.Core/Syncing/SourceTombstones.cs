using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Source ids that the listing declared gone. Documents of theirs that are listed behind the tombstone survive it; the
/// others are deleted when the listing is through.
/// </summary>
internal sealed class SourceTombstones
{
    private readonly Dictionary<SourceIdKey, DocumentVersion> _sources = [];
    private readonly Dictionary<DocumentKey, DocumentVersion> _ownDocuments = [];
    private readonly Dictionary<DocumentKey, SourceIdKey> _survivors = [];

    public bool IsEmpty => _sources.Count == 0 && _ownDocuments.Count == 0;

    /// <param name="tombstone">What the listing said.</param>
    /// <param name="source">None where no document of another id has this source id.</param>
    /// <param name="own">The document that is its own source id; none where there is none.</param>
    public void Add(DocumentChange.DeleteSource tombstone, SourceIdKey source, DocumentKey own)
    {
        if (!source.IsNone)
        {
            _sources[source] = tombstone.Version;
            foreach (var (document, _) in _survivors.Where(s => s.Value == source).ToArray())
            {
                _survivors.Remove(document);
            }
        }

        if (!own.IsNone)
        {
            _ownDocuments[own] = tombstone.Version;
            _survivors.Remove(own);
        }
    }

    /// <summary>The document was listed now.</summary>
    public void Spare(DocumentKey document, SourceIdKey source)
    {
        if (source.IsNone ? _ownDocuments.ContainsKey(document) : _sources.ContainsKey(source))
        {
            _survivors[document] = source;
        }
    }

    /// <summary>Whether a tombstone deletes the document, and the version that the tombstone gives it.</summary>
    public bool Deletes(in LiveDocument document, out DocumentVersion version)
    {
        var buried = document.SourceId.IsNone
            ? _ownDocuments.TryGetValue(document.Key, out version)
            : _sources.TryGetValue(document.SourceId, out version);
        return buried && !_survivors.ContainsKey(document.Key);
    }
}
