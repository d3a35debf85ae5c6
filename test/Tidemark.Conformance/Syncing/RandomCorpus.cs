using Tidemark.Documents;

namespace Tidemark.Conformance.Syncing;

/// <summary>A small corpus that changes at random: edits, renames, copies, reverts, deletes, metadata, empty documents.</summary>
public sealed class RandomCorpus(Random random)
{
    private readonly SortedDictionary<string, (List<string> Paragraphs, int Tag)> _documents = new(StringComparer.Ordinal);
    private readonly List<List<string>> _former = [];
    private int _next;

    /// <summary>Some random changes at once.</summary>
    public void Change()
    {
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            ChangeOne();
        }
    }

    public IEnumerable<DocumentChange> Documents() => _documents.Select(d =>
        ScriptedSource.Upsert(d.Key, string.Concat(d.Value.Paragraphs), $$"""{"tag":{{d.Value.Tag}}}"""));

    /// <summary>Every chunk text there is now.</summary>
    public IEnumerable<string> Chunks() => _documents.Values.SelectMany(d => d.Paragraphs);

    private void ChangeOne()
    {
        if (_documents.Count < 3 || random.Next(5) == 0)
        {
            _documents[$"doc{_next++:000}"] = ([.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Paragraph())], 0);
            return;
        }

        var id = _documents.Keys.ElementAt(random.Next(_documents.Count));
        var (paragraphs, tag) = _documents[id];
        _former.Add([.. paragraphs]);
        switch (random.Next(8))
        {
            case 0:
                _documents.Remove(id);
                break;
            case 1:
                _documents.Remove(id);
                _documents[$"moved{_next++:000}"] = (paragraphs, tag);
                break;
            case 2:
                _documents[$"copy{_next++:000}"] = ([.. paragraphs], tag);
                break;
            case 3:
                _documents[id] = (paragraphs, tag + 1);
                break;
            case 4:
                _documents[id] = ([.. _former[random.Next(_former.Count)]], tag);
                break;
            case 5 when paragraphs.Count > 0:
                paragraphs.RemoveAt(random.Next(paragraphs.Count));
                break;
            case 6 when paragraphs.Count > 0:
                paragraphs[random.Next(paragraphs.Count)] = Paragraph();
                break;
            default:
                paragraphs.Insert(random.Next(paragraphs.Count + 1), Paragraph());
                break;
        }
    }

    /// <summary>From a small pool, so that chunks repeat within and across documents.</summary>
    private string Paragraph() => $"paragraph {random.Next(40)}\n\n";
}
