using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Tests.Sources;

internal sealed class FakeMarkdown : ITextExtractor
{
    public string Fingerprint => "fake";

    public IReadOnlyList<string> Extensions => [".md"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) =>
        new(TextDecoder.Decode(path, content), DocumentMetadata.Empty);
}
