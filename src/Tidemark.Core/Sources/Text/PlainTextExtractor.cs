using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Text that is taken as it is: plain text, reStructuredText.</summary>
public sealed class PlainTextExtractor : ITextExtractor
{
    /// <inheritdoc/>
    public string Fingerprint => "text:2";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".txt", ".text", ".rst"];

    /// <inheritdoc/>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) =>
        new(TextDecoder.Decode(path, content), DocumentMetadata.Empty);
}
