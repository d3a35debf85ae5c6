using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// Reads front matter as a whole; where that fails, key by key, so that one typo costs one key and is told.
/// </summary>
internal static class FrontMatterReader
{
    /// <summary>Each one that cannot be read costs an exception.</summary>
    private const int MostUnreadable = 1_000;

    /// <summary>Takes it whole, if all of it is a mapping.</summary>
    /// <param name="warnings">Told of keys that stand twice, and of what was hardly meant as it was read.</param>
    /// <returns>Null: not all of it can be read, or it is no mapping.</returns>
    public static DocumentMetadata? ReadWhole(FrontMatter front, string yaml, FrontMatterWarnings warnings)
    {
        var whole = new YamlMapping();
        if (front.HasHeading || !whole.TryRead(yaml, out var json) || json is null)
        {
            return null;
        }

        whole.Slips.ForEach(slip => warnings.Slip(front.Line, slip));
        if (whole.Slips.Count == 0 && FrontMatterMargin.Of(yaml).FirstLine is { } first)
        {
            warnings.Shifted(front.Line + first);
        }

        return Merge([json]);
    }

    /// <summary>Takes it key by key, if it is meant as a mapping.</summary>
    /// <param name="yaml">Between its two lines, or up to where it seems to end.</param>
    /// <param name="warnings">Told of what cannot be read.</param>
    /// <returns>Null: it is not meant so.</returns>
    public static DocumentMetadata? ReadEach(FrontMatter front, string yaml, FrontMatterWarnings warnings)
    {
        var shifted = FrontMatterMargin.Of(yaml);
        var entries = FrontMatterEntry.Split(shifted.Yaml, front.Line);
        if (!FrontMatterMeaning.IsMapping(front, entries))
        {
            return null;
        }

        if (shifted.FirstLine is { } first)
        {
            warnings.Shifted(front.Line + first);
        }

        return Merge(ReadEach(entries, warnings));
    }

    /// <summary>Takes it member by member, if all of it stands between two braces.</summary>
    /// <returns>Null: it does not, or nothing can be read.</returns>
    public static DocumentMetadata? ReadFlow(FrontMatter front, string yaml, FrontMatterWarnings warnings)
    {
        var text = yaml.AsSpan().Trim();
        if (text is not ['{', .., '}'])
        {
            return null;
        }

        var mapping = new YamlMapping();
        var read = new List<byte[]>();
        var inner = text[1..^1].ToString();
        var above = front.Line + yaml.AsSpan(0, yaml.IndexOf('{', StringComparison.Ordinal)).Count('\n');
        foreach (var (at, member) in JsonMembers.Of(inner).Take(MostUnreadable))
        {
            if (Read(mapping, $"{{{member}}}") is { } json)
            {
                read.Add(json);
            }
            else
            {
                warnings.Unreadable(above + inner.AsSpan(0, at).Count('\n'), FrontMatterLine.KeyOf(member) ?? member);
            }
        }

        return read.Count > 0 ? Merge(read) : null;
    }

    private static List<byte[]> ReadEach(List<FrontMatterEntry> entries, FrontMatterWarnings warnings)
    {
        // One for all, for an anchor of one key may be repeated in another.
        var mapping = new YamlMapping();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<byte[]>(entries.Count);
        var unreadable = 0;
        foreach (var entry in entries.Where(entry => !entry.IsComment))
        {
            var isTried = unreadable < MostUnreadable || entry.IsPlain;
            if (entry.Key is not { } key)
            {
                unreadable++;
                if (ReadOpened(isTried ? mapping : null, entry, warnings) is { } opened)
                {
                    read.Add(opened);
                }

                continue;
            }

            var spaced = entry.Spaced();
            var json = isTried ? Read(mapping, spaced ?? entry.Text) : null;
            if (json is not null)
            {
                if (spaced is not null)
                {
                    warnings.Unspaced(entry.Line, key);
                }

                mapping.Slips.ForEach(slip => warnings.Slip(entry.Line, slip));
            }
            else if (isTried && entry.FirstLineAlone() is { } first)
            {
                unreadable++;
                json = Read(mapping, first);
                if (json is not null)
                {
                    warnings.Indented(entry);
                }
            }

            if (json is null)
            {
                unreadable++;
                warnings.Unreadable(entry.Line, key);
                continue;
            }

            if (!known.Add(key))
            {
                warnings.Repeated(entry.Line, key);
            }

            read.Add(json);
        }

        return read;
    }

    /// <summary>The keys behind a brace that is never closed.</summary>
    private static byte[]? ReadOpened(YamlMapping? mapping, FrontMatterEntry entry, FrontMatterWarnings warnings)
    {
        if (mapping is not null && entry.Closed() is { } closed && Read(mapping, closed) is { } json)
        {
            warnings.Unclosed(entry.Line, entry.Text);
            return json;
        }

        warnings.NoKey(entry.Line, entry.Text);
        return null;
    }

    private static byte[]? Read(YamlMapping mapping, string yaml) => mapping.TryRead(yaml, out var json) ? json : null;

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
