using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// Reads front matter as a whole; where that fails, key by key, so that one typo costs one key and is told.
/// </summary>
internal static class FrontMatterReader
{
    /// <summary>Each one that cannot be read costs an exception; what has more of them was not meant as front matter.</summary>
    private const int MostUnreadable = 1_000;

    /// <summary>Takes it whole, if all of it is a mapping.</summary>
    /// <param name="yaml">Between its two lines.</param>
    /// <param name="line">The number of the first line of <paramref name="yaml"/>.</param>
    /// <param name="warnings">Told of keys that stand twice.</param>
    /// <returns>Null: not all of it can be read, or it is no mapping.</returns>
    public static DocumentMetadata? ReadWhole(string yaml, int line, FrontMatterWarnings warnings)
    {
        var whole = new YamlMapping();
        if (!whole.TryRead(yaml, out var json) || json is null)
        {
            return null;
        }

        foreach (var (key, offset) in whole.Repeated)
        {
            warnings.Repeated(line + offset, key);
        }

        return Merge([json]);
    }

    /// <summary>Takes it key by key, if it is meant as a mapping.</summary>
    /// <param name="yaml">Between its two lines, or up to where it seems to end.</param>
    /// <param name="line">The number of the first line of <paramref name="yaml"/>.</param>
    /// <param name="warnings">Told of what cannot be read.</param>
    /// <returns>Null: it is not meant so.</returns>
    public static DocumentMetadata? ReadEach(string yaml, int line, FrontMatterWarnings warnings)
    {
        var entries = FrontMatterEntry.Split(yaml, line);
        return MeansMapping(entries) && ReadEach(entries, warnings) is { } read ? Merge(read) : null;
    }

    /// <summary>Prose between two rules is no front matter: most of what stands at the margin has to be keys, the first of it too.</summary>
    private static bool MeansMapping(List<FrontMatterEntry> entries)
    {
        var stated = entries.FindAll(entry => !IsComment(entry));
        return stated.Count > 0 && stated[0].IsMeant && stated.Count(entry => entry.IsMeant) * 2 >= stated.Count;
    }

    private static bool IsComment(FrontMatterEntry entry) => entry.Key is null
        && entry.Text.Split('\n').All(line => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'));

    /// <returns>Null: too many cannot be read.</returns>
    private static List<byte[]>? ReadEach(List<FrontMatterEntry> entries, FrontMatterWarnings warnings)
    {
        // One for all, for an anchor of one key may be repeated in another.
        var mapping = new YamlMapping();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<byte[]>(entries.Count);
        var unreadable = 0;
        foreach (var entry in entries.Where(entry => !IsComment(entry)))
        {
            if (entry.Key is not { } key)
            {
                warnings.NoKey(entry.Line, entry.Text);
            }
            else if (mapping.TryRead(entry.Text, out var json) && json is not null)
            {
                read.Add(json);
                if (!known.Add(key))
                {
                    warnings.Repeated(entry.Line, key);
                }
            }
            else if (unreadable++ == MostUnreadable)
            {
                return null;
            }
            else if (entry.FirstLineAlone() is { } first && mapping.TryRead(first, out var alone) && alone is not null)
            {
                read.Add(alone);
                known.Add(key);
                warnings.Indented(entry);
            }
            else
            {
                warnings.Unreadable(entry.Line, key);
            }
        }

        return read;
    }

    private static DocumentMetadata Merge(List<byte[]> objects)
    {
        var parsed = objects.ConvertAll(json => JsonDocument.Parse(json, YamlMapping.Parsing));
        try
        {
            return MetadataCanonicalizer.Merge(parsed.Select(json => json.RootElement));
        }
        finally
        {
            parsed.ForEach(json => json.Dispose());
        }
    }
}
