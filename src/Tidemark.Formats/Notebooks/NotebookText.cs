using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>The cells of a notebook as text.</summary>
internal static class NotebookText
{
    /// <returns>Null: it is no notebook.</returns>
    public static ExtractedText? Read(JsonElement notebook)
    {
        if (CellsOf(notebook) is not { } cells)
        {
            return null;
        }

        var language = LanguageOf(notebook);
        var text = new StringBuilder();
        foreach (var cell in cells)
        {
            switch (TextIn(cell, "cell_type"))
            {
                case "code":
                    Add(text, Fence(TextIn(cell, "source") ?? TextIn(cell, "input"), language));
                    foreach (var output in ItemsIn(cell, "outputs"))
                    {
                        Add(text, NotebookOutput.TextOf(output));
                    }

                    break;
                case "heading":
                    Add(text, $"# {TextIn(cell, "source")}");
                    break;
                case "markdown":
                    Add(text, MarkdownComments.Remove(TextIn(cell, "source") ?? "", isMdx: false));
                    break;
                default:
                    Add(text, TextIn(cell, "source"));
                    break;
            }
        }

        var metadata = new JsonObject();
        if (language.Length > 0)
        {
            metadata["language"] = language;
        }

        return new ExtractedText(
            text.ToString(), metadata.Count == 0 ? DocumentMetadata.Empty : MetadataCanonicalizer.Parse(metadata.ToJsonString()));
    }

    /// <summary>A text, which may be stored as its lines; null: there is none.</summary>
    public static string? TextIn(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Concat(
                value.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString())),
            _ => null,
        };

    public static IEnumerable<JsonElement> ItemsIn(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : [];

    public static string Fence(string? content, string language)
    {
        var lines = (content ?? "").ReplaceLineEndings("\n").Trim('\n').TrimEnd();
        if (string.IsNullOrWhiteSpace(lines))
        {
            return "";
        }

        var fence = new string('`', Math.Max(3, HtmlFence.LongestRun(lines) + 1));
        return $"{fence}{language}\n{lines}\n{fence}";
    }

    private static List<JsonElement>? CellsOf(JsonElement notebook) =>
        notebook.ValueKind != JsonValueKind.Object ? null
        : notebook.TryGetProperty("cells", out var cells) && cells.ValueKind == JsonValueKind.Array ? [.. cells.EnumerateArray()]
        : notebook.TryGetProperty("worksheets", out _) ? [.. ItemsIn(notebook, "worksheets").SelectMany(sheet => ItemsIn(sheet, "cells"))]
        : null;

    private static string LanguageOf(JsonElement notebook)
    {
        if (!notebook.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        var named = metadata.TryGetProperty("language_info", out var info) ? TextIn(info, "name") : null;
        named ??= metadata.TryGetProperty("kernelspec", out var kernel) ? TextIn(kernel, "language") : null;
        return named is not null && named.All(c => char.IsLetterOrDigit(c) || c is '+' or '#' or '-') ? named.ToLowerInvariant() : "";
    }

    private static void Add(StringBuilder text, string? part)
    {
        var trimmed = part?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim('\n');
        if (!string.IsNullOrWhiteSpace(trimmed))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(trimmed).Append('\n');
        }
    }
}
