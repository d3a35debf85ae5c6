using Tidemark.Documents;
using Tomlyn;

namespace Tidemark.Formats;

/// <summary>Front matter in TOML: what cannot be read of it is left out key by key and told.</summary>
internal static class TomlFrontMatter
{
    /// <summary>Of lines that can be read alone and not together. Each costs a reading of the whole.</summary>
    private const int MostContradicting = 20;

    private const int MostLength = 1 << 20;

    public static ExtractedText Take(string path, string text, FrontMatter front)
    {
        var warnings = new FrontMatterWarnings(path);
        var isOpen = front.Extent == FrontMatterExtent.Open;
        var (offset, length) = front.Content.GetOffsetAndLength(text.Length);
        if (length > MostLength && !isOpen)
        {
            warnings.Toml(front.Line);
            return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
        }

        var lines = text.Substring(offset, Math.Min(length, MostLength)).Split('\n');
        if (isOpen)
        {
            lines = lines[..new TomlEntries(lines, front.Line, warnings).KeysEnd()];
            lines = lines[..(Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line)) + 1)];
            warnings.TomlUnclosed(front.Line - 1, front.Line + lines.Length - 1);
        }

        if (Read(lines, front.Line, warnings) is { } metadata)
        {
            return new ExtractedText(text[front.Body], metadata) { Warnings = warnings.List };
        }

        warnings = new FrontMatterWarnings(path);
        warnings.Toml(front.Line);
        return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
    }

    /// <summary>Whether all of it is TOML, with a key at least.</summary>
    public static bool CanBeRead(string toml) =>
        toml.Length <= MostLength && TryRead([toml], first: 0, new FrontMatterWarnings(""), out _) is { IsEmpty: false };

    public static bool IsUnreadable(Exception exception) =>
        exception is TomlException or FormatException or OverflowException or InvalidOperationException or ArgumentException;

    /// <returns>Null: nothing can be read.</returns>
    private static DocumentMetadata? Read(string[] lines, int first, FrontMatterWarnings warnings)
    {
        if (TryRead(lines, first, warnings, out var contradicting) is { } whole)
        {
            return whole;
        }

        if (new TomlEntries(lines, first, warnings).LeaveOutUnreadable() == 0)
        {
            return null;
        }

        for (var left = MostContradicting; left > 0; left--)
        {
            if (TryRead(lines, first, warnings, out contradicting) is { } read)
            {
                return read;
            }

            if (contradicting < 1 || contradicting > lines.Length || string.IsNullOrWhiteSpace(lines[contradicting - 1]))
            {
                return null;
            }

            warnings.TomlLine(first + contradicting - 1, lines[contradicting - 1]);
            lines[contradicting - 1] = "";
        }

        return null;
    }

    /// <param name="unreadable">The line, from 1, from which on it cannot be read; 0: nobody knows.</param>
    private static DocumentMetadata? TryRead(string[] lines, int first, FrontMatterWarnings warnings, out int unreadable)
    {
        unreadable = 0;
        try
        {
            var metadata = MetadataCanonicalizer.Parse(TomlMapping.Read(string.Join('\n', lines), out var repeated).ToJsonString());
            foreach (var (key, line) in repeated)
            {
                warnings.Repeated(first + line, key);
            }

            return metadata;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            unreadable = (e as TomlException)?.Line ?? 0;
            return null;
        }
    }
}
