using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Front matter in JSON: an object with which the text begins, and which a line end follows.</summary>
internal static class JsonFrontMatter
{
    public const int DeepestNesting = 64;

    private const int MostLength = 1 << 20;

    /// <returns>Null: there is none.</returns>
    public static ExtractedText? Take(string path, string text)
    {
        var content = text.AsSpan().TrimStart("\uFEFF \t\n");
        if (content is not ['{', ..])
        {
            return null;
        }

        var begin = text.Length - content.Length;
        if (content[1..].TrimStart() is not ['"', ..])
        {
            return TakeOtherwise(path, text, begin);
        }

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
            return JsonExtent.Of(text, begin) is { } extent && extent.Content.GetOffsetAndLength(text.Length).Length <= MostLength
                ? TakeEach(path, text, extent, (int)Math.Min((e as JsonException)?.LineNumber ?? 0, int.MaxValue / 2))
                : null;
        }
    }

    /// <summary>Names in other quotes, or in none: not to be read as JSON, and meant so between two lines with a brace each.</summary>
    private static ExtractedText? TakeOtherwise(string path, string text, int begin) =>
        JsonExtent.Of(text, begin) is { IsSure: true, IsOpen: false } extent
        && JsonMembers.IsMeantAt(text.AsSpan()[extent.Content].TrimStart() is var inner && inner.IndexOf('\n') is >= 0 and var end ? inner[..end] : inner)
            ? TakeEach(path, text, extent, slip: 1)
            : null;

    /// <param name="slip">The line, from 0, from which on the whole cannot be read.</param>
    private static ExtractedText? TakeEach(string path, string text, JsonExtent extent, int slip)
    {
        var warnings = new FrontMatterWarnings(path);
        if (extent.IsOpen)
        {
            warnings.JsonUnclosed(extent.Line, extent.LastLine(text));
        }

        var members = JsonMembers.Read(text[extent.Content], extent.Line, warnings);
        try
        {
            if (members.Count > 0)
            {
                if (warnings.List.Count == 0)
                {
                    warnings.JsonSlip(extent.Line + slip);
                }

                return new ExtractedText(text[extent.Body], MetadataCanonicalizer.Merge(members.Select(member => member.RootElement)))
                {
                    Warnings = warnings.List,
                };
            }
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }

        if (!extent.IsSure)
        {
            return null;
        }

        warnings = new FrontMatterWarnings(path);
        warnings.Json(extent.Line + slip);
        return new ExtractedText(text, DocumentMetadata.Empty) { Warnings = warnings.List };
    }
}
