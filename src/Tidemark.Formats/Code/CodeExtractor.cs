using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Source code as it is, in a fence, so that it is cut between its functions and types (behind a blank line at the margin) and no comment
/// is taken for a heading. Taken only where a pattern includes it: who indexes a folder of documents does not mean its programs.
/// </summary>
public sealed class CodeExtractor : ITextExtractor
{
    public string Fingerprint => "code:1";

    public bool IsTakenByDefault => false;

    public IReadOnlyList<string> Extensions { get; } =
    [
        ".bash", ".c", ".cc", ".clj", ".cpp", ".cs", ".css", ".cxx", ".dart", ".ex", ".exs", ".erl", ".fs", ".go", ".gradle", ".groovy", ".h",
        ".hpp", ".hs", ".java", ".jl", ".js", ".jsx", ".kt", ".kts", ".lua", ".m", ".mjs", ".ml", ".mm", ".nim", ".php", ".pl", ".pm", ".proto",
        ".ps1", ".py", ".pyi", ".r", ".rb", ".rs", ".scala", ".scss", ".sh", ".sql", ".swift", ".tf", ".ts", ".tsx", ".vb", ".zig", ".zsh",
    ];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var code = TextDecoder.Decode(path, content);
        if (string.IsNullOrWhiteSpace(code))
        {
            return new ExtractedText("", DocumentMetadata.Empty);
        }

        var fence = new string('`', Math.Max(3, HtmlFence.LongestRun(code) + 1));
        var language = path[(path.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return new ExtractedText($"{fence}{language}\n{code.TrimEnd()}\n{fence}\n", DocumentMetadata.Empty);
    }
}
