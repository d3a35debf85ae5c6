using Tidemark.Documents;
using Tomlyn;

namespace Tidemark.Formats;

/// <summary>Front matter in TOML: what cannot be read of it is left out line by line and told.</summary>
internal static class TomlFrontMatter
{
    /// <summary>Each costs a reading of the whole.</summary>
    private const int MostUnreadable = 20;

    private const int MostLength = 1 << 20;

    public static ExtractedText Take(string path, string text, FrontMatter front)
    {
        var warnings = new FrontMatterWarnings(path);
        if (front.Extent == FrontMatterExtent.Open || front.Content.GetOffsetAndLength(text.Length).Length > MostLength)
        {
            warnings.TomlUnclosed(front.Line - 1);
            return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
        }

        var lines = text[front.Content].Split('\n');
        for (var unreadable = 0; unreadable <= MostUnreadable; unreadable++)
        {
            try
            {
                var read = TomlMapping.Read(string.Join('\n', lines));
                if (read.Count == 0 && unreadable > 0)
                {
                    break;
                }

                return new ExtractedText(text[front.Body], MetadataCanonicalizer.Parse(read.ToJsonString())) { Warnings = warnings.List };
            }
            catch (Exception e) when (e is TomlException or FormatException or OverflowException or InvalidOperationException or ArgumentException)
            {
                var line = (e as TomlException)?.Line ?? 0;
                if (line < 1 || line > lines.Length || string.IsNullOrWhiteSpace(lines[line - 1]))
                {
                    break;
                }

                warnings.TomlLine(front.Line + line - 1, lines[line - 1]);
                lines[line - 1] = "";
            }
        }

        warnings = new FrontMatterWarnings(path);
        warnings.Toml(front.Line);
        return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
    }
}
