using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A parsed page to text and metadata.</summary>
internal static class HtmlText
{
    /// <exception cref="ItemException">The elements nest beyond reason.</exception>
    public static ExtractedText Extract(string path, string markup)
    {
        var nesting = new NestingLimit(path);
        var options = new HtmlParserOptions { OnCreated = (element, _) => nesting.Check(element) };
        using var page = new HtmlParser(options).ParseDocument(markup);
        var writer = new MarkupWriter();
        if (page.Body is { } body)
        {
            new HtmlWalk(writer).Write(body);
        }

        return new ExtractedText(writer.ToString(), MetadataOf(page));
    }

    private static DocumentMetadata MetadataOf(IHtmlDocument page)
    {
        var metadata = new JsonObject();
        Add(metadata, "title", page.Title);
        Add(metadata, "lang", page.DocumentElement.GetAttribute("lang"));
        Add(metadata, "description", page.QuerySelector("meta[name=description i]")?.GetAttribute("content"));
        return metadata.Count == 0 ? DocumentMetadata.Empty : MetadataCanonicalizer.Parse(metadata.ToJsonString());
    }

    private static void Add(JsonObject metadata, string name, string? value)
    {
        var collapsed = string.Join(' ', (value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (collapsed.Length > 0)
        {
            metadata[name] = collapsed;
        }
    }
}
