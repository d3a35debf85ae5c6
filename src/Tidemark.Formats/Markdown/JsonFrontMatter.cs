using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Front matter in JSON: an object with which the text begins, and which a line end follows.</summary>
internal static class JsonFrontMatter
{
    private const int MostLength = 1 << 20;
    private const int DeepestNesting = 64;

    /// <returns>Null: there is none.</returns>
    public static ExtractedText? Take(string path, string text)
    {
        var content = text.AsSpan().TrimStart("\uFEFF \t\n");
        if (content is not ['{', ..] || content[1..].TrimStart() is not ['"', ..])
        {
            return null;
        }

        var begin = text.Length - content.Length;
        var json = Encoding.UTF8.GetBytes(text, begin, Math.Min(content.Length, MostLength));
        var options = new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = DeepestNesting };
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: content.Length <= MostLength, new JsonReaderState(options));
            using var read = JsonDocument.ParseValue(ref reader);
            if (read.RootElement.GetRawText().Contains("\\u0000", StringComparison.Ordinal))
            {
                throw new JsonException("a NUL character");
            }

            var end = begin + Encoding.UTF8.GetCharCount(json, 0, (int)reader.BytesConsumed);
            var line = text.AsSpan(end).IndexOf('\n');
            return line < 0 || !text.AsSpan(end, line).IsWhiteSpace() || text.AsSpan(end).IsWhiteSpace()
                ? null
                : new ExtractedText(text[(end + line + 1)..], MetadataCanonicalizer.Of(read.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return IsMeantSo(content) ? Unreadable(path, text, begin, (e as JsonException)?.LineNumber ?? 0) : null;
        }
    }

    /// <summary>Between two lines that hold nothing but a brace.</summary>
    private static bool IsMeantSo(ReadOnlySpan<char> content)
    {
        var first = content.IndexOf('\n');
        return first > 0 && content[..first].TrimEnd().SequenceEqual("{") && content.Contains("\n}\n", StringComparison.Ordinal);
    }

    private static ExtractedText Unreadable(string path, string text, int begin, long line)
    {
        var warnings = new FrontMatterWarnings(path);
        warnings.Json(text.AsSpan(0, begin).Count('\n') + 1 + (int)Math.Min(line, int.MaxValue));
        return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
    }
}
