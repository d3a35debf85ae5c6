using System.Xml;

namespace Tidemark.Formats;

/// <summary>The paragraph styles by id, each with what it inherits.</summary>
internal sealed class DocxStyles
{
    /// <summary>A chain of styles that is longer goes in a circle.</summary>
    private const int LongestChain = 32;

    private readonly Dictionary<string, DocxStyle> _styles = new(StringComparer.Ordinal);

    public static DocxStyles Read(OfficePackage package, string main)
    {
        var styles = new DocxStyles();
        using var reader = package.Related(main, "styles") is { } part ? package.OpenPart(part) : null;
        while (reader?.Read() == true)
        {
            if (reader.NodeType == XmlNodeType.Element
                && DocxNames.NameOf(reader) == "style"
                && DocxNames.Attribute(reader, "styleId") is { } id)
            {
                styles._styles[id] = ReadStyle(reader);
            }
        }

        return styles;
    }

    public DocxStyle Find(string? id)
    {
        var found = DocxStyle.Plain;
        for (var i = 0; i < LongestChain && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            found = i == 0 ? style : found with
            {
                Outline = found.Outline ?? style.Outline,
                List = found.List ?? style.List,
                Level = found.Level ?? style.Level,
                IsHidden = found.IsHidden || style.IsHidden,
            };
            id = style.BasedOn;
        }

        return found;
    }

    private static DocxStyle ReadStyle(XmlReader reader)
    {
        var style = DocxStyle.Plain;
        if (reader.IsEmptyElement)
        {
            return style;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            style = reader.NodeType != XmlNodeType.Element ? style : DocxNames.NameOf(reader) switch
            {
                "name" => Named(style, DocxNames.Attribute(reader, "val") ?? ""),
                "basedOn" => style with { BasedOn = DocxNames.Attribute(reader, "val") },
                "outlineLvl" => style with { Outline = DocxNames.Number(reader) },
                "numId" => style with { List = DocxNames.Number(reader) },
                "ilvl" => style with { Level = DocxNames.Number(reader) },
                "vanish" => style with { IsHidden = DocxNames.IsOn(reader) },
                _ => style,
            };
        }

        return style;
    }

    /// <summary>The names of the built-in headings are the same in every language.</summary>
    private static DocxStyle Named(DocxStyle style, string name)
    {
        var heading = name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase)
            ? DocxNames.Number(name["heading ".Length..])
            : name.Equals("title", StringComparison.OrdinalIgnoreCase) ? 1 : null;
        return style with { Name = name, Outline = style.Outline ?? heading - 1 };
    }
}
