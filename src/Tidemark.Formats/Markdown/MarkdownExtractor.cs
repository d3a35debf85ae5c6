using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Markdown as it is written, without its YAML front matter, which becomes metadata. A key of it that cannot be read is left out with
/// a warning; what is no YAML mapping, nor meant as one, is left in the text.
/// </summary>
public sealed class MarkdownExtractor : ITextExtractor
{
    public string Fingerprint => "markdown:2";

    public IReadOnlyList<string> Extensions { get; } = [".md", ".markdown", ".mdx"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var text = TextDecoder.Decode(path, content);
        return FrontMatter.Find(text) is { } found ? Split(path, text, found) : new ExtractedText(text, DocumentMetadata.Empty);
    }

    /// <summary>Not inlined, so that the YAML library is loaded for files with front matter only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Split(string path, string text, FrontMatter found)
    {
        var warnings = new FrontMatterWarnings(path);
        if (found.IsToml)
        {
            warnings.Toml(found.Line);
        }
        else if (FrontMatterReader.Read(text[found.Content], found.Line, warnings) is { } metadata)
        {
            return new ExtractedText(text[found.Body], metadata) { Warnings = warnings.List };
        }

        return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
    }
}
