using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// A Jupyter notebook (nbformat 3 and 4): text as it is, code and what it gave out in fences. Pictures and other outputs that are no text
/// are left out. The language of the code is metadata.
/// </summary>
public sealed class NotebookExtractor : ITextExtractor
{
    private const int DeepestNesting = 100;

    public string Fingerprint => "ipynb:1";

    public IReadOnlyList<string> Extensions { get; } = [".ipynb"];

    /// <exception cref="ItemException"><see cref="ErrorCodes.SourceMalformed"/>: the bytes are no notebook.</exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var json = TextDecoder.Decode(path, content);
        try
        {
            using var notebook = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return NotebookText.Read(notebook.RootElement)
                ?? throw Malformed(path, "it has no cells", null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Malformed(path, $"it is no JSON that is taken ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static ItemException Malformed(string path, string what, Exception? inner) => new(
        ErrorCodes.SourceMalformed,
        $"'{path}' cannot be read as a notebook: {what}",
        "open it in Jupyter and save it again, or exclude it, which lets go of what is indexed of it",
        inner);
}
