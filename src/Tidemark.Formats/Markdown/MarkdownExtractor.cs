using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Markdown as it is written, without its front matter (YAML, TOML or JSON), which becomes metadata, and without comments; of MDX,
/// without what only programs read. A key that cannot be read is left out with a warning, and so is an end that was not written as one;
/// what is no mapping, nor meant as one, is left in the text.
/// </summary>
public sealed class MarkdownExtractor : ITextExtractor
{
    public string Fingerprint => "markdown:5";

    public IReadOnlyList<string> Extensions { get; } = [".md", ".markdown", ".mdx"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var text = TextDecoder.Decode(path, content);
        var extracted = FrontMatter.Find(text) is { Count: > 0 } found ? Split(path, text, found)
            : JsonFrontMatter.Take(path, text) ?? new ExtractedText(text, DocumentMetadata.Empty);
        var isMdx = path.EndsWith(".mdx", StringComparison.OrdinalIgnoreCase);
        return extracted with { Text = MarkdownComments.Remove(extracted.Text, isMdx) };
    }

    /// <summary>Not inlined, so that the YAML library is loaded for files with front matter only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Split(string path, string text, List<FrontMatter> found)
    {
        if (found[0].IsToml)
        {
            return TomlFrontMatter.Take(path, text, found[0]);
        }

        // What is YAML as a whole is closed where it says; else a line before, that was meant to close it, is more likely to.
        return Take(path, text, found, FrontMatterExtent.Closed, FrontMatterReader.ReadWhole)
            ?? Take(path, text, found, FrontMatterExtent.Nearly, FrontMatterReader.ReadEach)
            ?? Take(path, text, found, FrontMatterExtent.Open, FrontMatterReader.ReadEach)
            ?? Take(path, text, found, FrontMatterExtent.Closed, FrontMatterReader.ReadEach)
            ?? Take(path, text, found, FrontMatterExtent.Doubtful, FrontMatterReader.ReadEach)
            ?? Take(path, text, found, FrontMatterExtent.Closed, FrontMatterReader.ReadFlow)
            ?? Take(path, text, found, FrontMatterExtent.Unopened, ReadNone)
            ?? new ExtractedText(text, DocumentMetadata.Empty);
    }

    /// <summary>What is text all the same, if it would be front matter.</summary>
    private static DocumentMetadata? ReadNone(FrontMatter front, string yaml, FrontMatterWarnings warnings)
    {
        var untold = new FrontMatterWarnings("");
        return (FrontMatterReader.ReadWhole(front, yaml, untold) ?? FrontMatterReader.ReadEach(front, yaml, untold)) is { IsEmpty: false }
            || TomlFrontMatter.CanBeRead(yaml)
            ? DocumentMetadata.Empty
            : null;
    }

    private static ExtractedText? Take(
        string path,
        string text,
        List<FrontMatter> found,
        FrontMatterExtent extent,
        Func<FrontMatter, string, FrontMatterWarnings, DocumentMetadata?> read)
    {
        foreach (var front in found.Where(one => one.Extent == extent))
        {
            var yaml = text[front.Content];
            var warnings = new FrontMatterWarnings(path);
            if (read(front, yaml, warnings) is { } metadata)
            {
                warnings.Extent(front, front.Line + yaml.AsSpan().TrimEnd().Count('\n') + 1, metadata.IsEmpty);
                return new ExtractedText(text[front.Body], metadata) { Warnings = warnings.List };
            }
        }

        return null;
    }
}
