namespace Tidemark.Sources;

/// <summary>What a first reading of a file of chunks tells: its sources, and the documents whose lines do not stand together.</summary>
internal sealed class ImportSurvey
{
    private readonly List<string> _sources = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Document)> _documents = [];
    private readonly Dictionary<(string Source, string Document), string> _apart = [];

    /// <summary>In the order of their first lines.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>A document that begins anew is there twice, and the later one counts; one that goes on was cut in two.</summary>
    public void Add(ImportGroup group)
    {
        if (_known.Add(group.Source))
        {
            _sources.Add(group.Source);
        }

        if (!_documents.Add((group.Source, group.Document)) && !group.StartsAtFirst)
        {
            _apart.TryAdd((group.Source, group.Document), group.FirstLine);
        }
    }

    /// <summary>Marks lines of a document that is not whole.</summary>
    /// <param name="told">Documents of which some lines were marked before.</param>
    /// <returns>Whether they are listed: of such a document once.</returns>
    public bool Takes(ImportGroup group, HashSet<string> told)
    {
        group.GoesOnAt = _apart.GetValueOrDefault((group.Source, group.Document));
        return group.GoesOnAt is null || told.Add(group.Document);
    }
}
