using System.Text;

namespace Tidemark.Sources;

/// <summary>Decides by its path alone whether an entry is taken.</summary>
internal sealed class FileFilter
{
    private readonly GlobList _include;
    private readonly GlobList _exclude;
    private readonly GlobList _outside;
    private readonly List<byte[]> _endings = [];
    private readonly ListedParts _parts;

    public FileFilter(DirectoryOptions options)
    {
        _include = GlobList.ForFiles(options.Include);
        _exclude = GlobList.ForEntries(options.Exclude);
        _parts = new ListedParts(options.Parts);
        _outside = GlobList.ForFiles(options.FileExtractors.Select(e => e.Pattern));
        foreach (var extractor in options.Extractors.Where(extractor => extractor.IsTakenByDefault))
        {
            foreach (var ending in extractor.Extensions)
            {
                _endings.Add(Encoding.UTF8.GetBytes(ending));
            }
        }
    }

    /// <param name="path">Below the source's folder.</param>
    public bool TakesFile(ReadOnlySpan<byte> path) =>
        (_include.IsEmpty ? IsKnown(path) : _include.Matches(path, isFolder: false))
        && _parts.Takes(path)
        && !_exclude.Matches(path, isFolder: false);

    public bool EntersFolder(ReadOnlySpan<byte> path) =>
        _parts.Enters(path) && !_exclude.Matches(path, isFolder: true);

    /// <summary>The ending of a file that would be taken if there were an extractor for it; null: it would not be.</summary>
    /// <param name="path">Below the source's folder; of a file that is not taken.</param>
    public string? EndingNotKnown(ReadOnlySpan<byte> path) =>
        _include.IsEmpty && _parts.Takes(path) && !IsKnown(path) && !_exclude.Matches(path, isFolder: false)
            ? Path.GetExtension(Encoding.UTF8.GetString(path[(path.LastIndexOf((byte)'/') + 1)..])).ToLowerInvariant()
            : null;

    private bool IsKnown(ReadOnlySpan<byte> path) => HasKnownEnding(path) || _outside.Matches(path, isFolder: false);

    private bool HasKnownEnding(ReadOnlySpan<byte> path)
    {
        foreach (var ending in _endings)
        {
            if (path.Length > ending.Length && Ascii.EqualsIgnoreCase(path[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }
}
