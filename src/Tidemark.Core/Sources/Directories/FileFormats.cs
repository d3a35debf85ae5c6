using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Which extractor reads which file, and what of that is part of the files' change tokens.</summary>
internal sealed class FileFormats
{
    private readonly Dictionary<string, ITextExtractor> _byEnding = new(StringComparer.Ordinal);
    private readonly List<OutsideFormat> _outside = [];
    private readonly PlainTextExtractor _plain;
    private readonly ulong _reading = 14_695_981_039_346_656_037;

    public FileFormats(DirectoryOptions options)
    {
        PlainTextExtractor? plain = null;
        foreach (var extractor in options.Extractors)
        {
            _reading = Mix(_reading, extractor.Fingerprint);
            plain ??= extractor as PlainTextExtractor;
            foreach (var ending in extractor.Extensions)
            {
                _byEnding.TryAdd(ending, extractor);
            }
        }

        _plain = plain ?? new PlainTextExtractor();
        foreach (var extractor in options.FileExtractors)
        {
            _outside.Add(new OutsideFormat(
                GlobList.ForFiles([extractor.Pattern]), extractor, Mix(_reading, extractor.Fingerprint)));
        }
    }

    /// <summary>
    /// Stands for the way in which a file is read: a changed extractor changes the tokens, so that its files are read again.
    /// </summary>
    /// <param name="below">The path below the source's folder.</param>
    public ulong ReadingOf(ReadOnlySpan<byte> below) => Find(below)?.Reading ?? _reading;

    /// <summary>Null: the file is read here.</summary>
    public IFileExtractor? OutsideOf(ReadOnlySpan<byte> below) => Find(below)?.Extractor;

    public ITextExtractor ExtractorOf(string id)
    {
        // An ending may have more than one dot, so the longest known one counts.
        for (var dot = id.IndexOf('.', id.LastIndexOf('/') + 1); dot >= 0; dot = id.IndexOf('.', dot + 1))
        {
            if (_byEnding.TryGetValue(id[dot..].ToLowerInvariant(), out var extractor))
            {
                return extractor;
            }
        }

        return _plain;
    }

    /// <summary>
    /// FNV-1a (Fowler, Noll, Vo). No cryptographic hash, because to load one takes longer than to list a folder.
    /// </summary>
    private static ulong Mix(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1_099_511_628_211;
        }

        return (hash ^ '\n') * 1_099_511_628_211;
    }

    private OutsideFormat? Find(ReadOnlySpan<byte> below)
    {
        foreach (var format in _outside)
        {
            if (format.Pattern.Matches(below, isFolder: false))
            {
                return format;
            }
        }

        return null;
    }

    private sealed record OutsideFormat(GlobList Pattern, IFileExtractor Extractor, ulong Reading);
}
