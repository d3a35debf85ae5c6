using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A parsed page to text and metadata.</summary>
internal static class HtmlText
{
    /// <summary>Each line of a list or quote repeats the marks of all that it lies in.</summary>
    private const int MostTextPerCharacter = 4;

    private const int LeastText = 1 << 20;

    /// <exception cref="ItemException">The elements nest or multiply beyond reason.</exception>
    public static ExtractedText Extract(string path, string markup)
    {
        var nesting = new NestingLimit(path);
        var allocation = new AllocationLimit(path, markup.Length);
        var options = new HtmlParserOptions
        {
            OnCreated = (element, _) =>
            {
                nesting.Check(element);
                allocation.Check();
            },
        };
        using var content = new MarkupStream(markup, () =>
        {
            nesting.Weigh();
            allocation.Check();
        });
        using var page = new HtmlParser(options).ParseDocument(content);
        allocation.Check();
        var writer = new MarkupWriter(path, LeastText + ((long)MostTextPerCharacter * markup.Length));
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
