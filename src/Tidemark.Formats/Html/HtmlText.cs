using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
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
    public static ExtractedText Extract(string path, string markup, HtmlOptions settings)
    {
        markup = WithoutOpenNoscript(markup);
        var nesting = new NestingLimit(path);
        var allocation = new AllocationLimit(path, markup.Length);
        var options = new HtmlParserOptions
        {
            // As where scripts run, what stands in 'noscript' is no markup: what is opened there would stay open around the page.
            IsScripting = true,
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
        var most = LeastText + ((long)MostTextPerCharacter * markup.Length);
        return new ExtractedText(page.Body is { } body ? TextOf(path, body, most, settings) : "", MetadataOf(page));
    }

    /// <summary>One that is never closed would swallow the rest of the page, and a page has a text whether it was closed or not.</summary>
    private static string WithoutOpenNoscript(string markup)
    {
        const string Open = "<noscript", Close = "</noscript";
        var at = Math.Max(markup.LastIndexOf(Close, StringComparison.OrdinalIgnoreCase), 0);
        var next = markup.IndexOf(Open, at, StringComparison.OrdinalIgnoreCase);
        if (next < 0)
        {
            return markup;
        }

        var page = new StringBuilder(markup, 0, next, markup.Length);
        while (next >= 0)
        {
            var end = markup.IndexOf('>', next);
            at = end < 0 ? markup.Length : end + 1;
            next = markup.IndexOf(Open, at, StringComparison.OrdinalIgnoreCase);
            page.Append(' ').Append(markup, at, (next < 0 ? markup.Length : next) - at);
        }

        return page.ToString();
    }

    private static string TextOf(string path, IElement body, long most, HtmlOptions settings)
    {
        var main = settings.MainOnly ? HtmlContent.MainOf(body) : [];
        var text = Write(path, main, most, settings);
        return text.Length > 0 ? text : Write(path, [body], most, settings);
    }

    private static string Write(string path, IReadOnlyList<IElement> roots, long most, HtmlOptions settings)
    {
        var writer = new MarkupWriter(path, most);
        foreach (var root in roots)
        {
            writer.Break(blankLine: true);
            new HtmlWalk(new HtmlBlocks(writer, settings)).Write(root);
        }

        return writer.ToString();
    }

    private static DocumentMetadata MetadataOf(IHtmlDocument page)
    {
        var metadata = new JsonObject();
        Add(metadata, "title", page.Title);
        Add(metadata, "lang", page.DocumentElement.GetAttribute("lang") ?? page.DocumentElement.GetAttribute("xml:lang"));
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
