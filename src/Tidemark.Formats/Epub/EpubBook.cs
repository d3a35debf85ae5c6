using System.Text.Json.Nodes;
using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>What a book's package document says (EPUB 3.3, 5): which pages there are, in which order, and what the book is.</summary>
internal sealed record EpubBook(List<string> Pages, DocumentMetadata Metadata)
{
    private const int MostPages = 10_000;

    public static EpubBook Read(ZipPackage parts, string main)
    {
        using var reader = parts.OpenXml(main) ?? throw new PackageException($"its part '{main}' is missing");
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        var spine = new List<string>();
        var metadata = new JsonObject();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "item" when IsPage(reader):
                    items[reader.GetAttribute("id") ?? ""] = reader.GetAttribute("href") ?? "";
                    break;
                case "itemref":
                    spine.Add(reader.GetAttribute("idref") ?? "");
                    break;
                case var name when reader.NamespaceURI.Contains("purl.org/dc/elements", StringComparison.OrdinalIgnoreCase):
                    Add(metadata, name, XlsxStrings.TextOf(reader));
                    break;
            }
        }

        var folder = PackagePath.FolderOf(main);
        var pages = spine.Distinct(StringComparer.Ordinal).Where(items.ContainsKey)
            .Select(id => PackagePath.Resolve(folder, Uri.UnescapeDataString(items[id].Split('#')[0]))).ToList();
        return pages.Count > MostPages
            ? throw new PackageException($"it has more than {MostPages} pages")
            : new EpubBook(pages, metadata.Count == 0 ? DocumentMetadata.Empty : MetadataCanonicalizer.Parse(metadata.ToJsonString()));
    }

    private static bool IsPage(XmlReader item) =>
        item.GetAttribute("media-type") is "application/xhtml+xml" or "text/html" or "text/x-oeb1-document"
        && item.GetAttribute("properties")?.Split(' ').Contains("nav", StringComparer.Ordinal) != true;

    private static void Add(JsonObject metadata, string name, string value)
    {
        var said = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (said.Length == 0
            || name is not ("title" or "creator" or "language" or "publisher" or "date" or "subject" or "description" or "identifier"))
        {
            return;
        }

        // There may be several of each; the first is the main one.
        metadata[name] = !metadata.TryGetPropertyValue(name, out var known) ? said
            : name is "title" or "identifier" or "date" ? known!.GetValue<string>()
            : $"{known!.GetValue<string>()}, {said}";
    }
}
