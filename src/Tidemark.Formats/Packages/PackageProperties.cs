using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>The core properties of a package (ECMA-376 part 2, chapter 11), which are those of the Dublin Core.</summary>
internal static class PackageProperties
{
    public static DocumentMetadata Read(OfficePackage package)
    {
        var metadata = new JsonObject();
        using var reader = package.Properties is { } part ? package.OpenPart(part) : null;
        while (reader?.Read() == true)
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 1, IsEmptyElement: false } && IsTaken(reader.LocalName))
            {
                var name = reader.LocalName;
                Add(metadata, name, TextOf(reader));
            }
        }

        return metadata.Count == 0 ? DocumentMetadata.Empty : MetadataCanonicalizer.Parse(metadata.ToJsonString());
    }

    private static bool IsTaken(string name) => name is
        "title" or "subject" or "creator" or "keywords" or "description" or "category" or "language" or "created"
        or "modified" or "lastModifiedBy";

    private static string TextOf(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            text.Append(reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? reader.Value : "");
        }

        return text.ToString();
    }

    private static void Add(JsonObject metadata, string name, string value)
    {
        var collapsed = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (collapsed.Length > 0)
        {
            metadata[name] = collapsed;
        }
    }
}
