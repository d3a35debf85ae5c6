using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Markdown as it is written, without its YAML front matter, which becomes metadata. Front matter that is no YAML
/// mapping is left in the text: a typo there must not hide the document.
/// </summary>
public sealed class MarkdownExtractor : ITextExtractor
{
    public string Fingerprint => "markdown:1";

    public IReadOnlyList<string> Extensions { get; } = [".md", ".markdown", ".mdx"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var text = TextDecoder.Decode(path, content);
        return FrontMatter.Find(text) is { } found && Read(text[found.Yaml]) is { } metadata
            ? new ExtractedText(text[found.Body], metadata)
            : new ExtractedText(text, DocumentMetadata.Empty);
    }

    /// <summary>Not inlined, so that the YAML library is loaded for files with front matter only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DocumentMetadata? Read(string yaml) => YamlFrontMatter.Read(yaml);
}
