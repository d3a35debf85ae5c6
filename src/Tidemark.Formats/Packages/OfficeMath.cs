using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>A formula of Office (ECMA-376 part 1, 22.1) in a line: fractions, powers and roots as people type them.</summary>
internal static class OfficeMath
{
    private const int Deepest = 60;

    /// <param name="reader">At the element; at its end afterwards.</param>
    public static string Read(XmlReader reader) => Read(reader, 0);

    private static string Read(XmlReader reader, int depth)
    {
        if (depth > Deepest)
        {
            throw new PackageException($"its formulas nest deeper than {Deepest}");
        }

        var name = DocxNames.NameOf(reader);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = new List<string>();
        var text = new StringBuilder();
        var outer = reader.Depth;
        if (reader.IsEmptyElement)
        {
            return "";
        }

        while (reader.Read() && reader.Depth > outer)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && name == "m:t")
            {
                text.Append(reader.Value);
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                var inner = DocxNames.NameOf(reader);
                if (inner is "m:chr" or "m:begChr" or "m:endChr")
                {
                    parts[inner] = reader.GetAttribute("val", reader.NamespaceURI) ?? "";
                    continue;
                }

                var read = inner.EndsWith("Pr", StringComparison.Ordinal) && inner is not ("m:naryPr" or "m:dPr" or "m:accPr")
                    ? Skip(reader)
                    : Read(reader, depth + 1);
                Take(inner, read, parts, arguments, text);
            }
        }

        return Put(name, parts, arguments, text.ToString());
    }

    private static string Skip(XmlReader reader)
    {
        var outer = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > outer)
        {
            // Formatting.
        }

        return "";
    }

    /// <summary>The signs of an operator stand in its properties, so those come up as one text of two or three.</summary>
    private static void Take(string name, string read, Dictionary<string, string> parts, List<string> arguments, StringBuilder text)
    {
        switch (name)
        {
            case "m:naryPr" or "m:accPr":
                parts["sign"] = read;
                break;
            case "m:dPr":
                parts["signs"] = read;
                break;
            case "m:e" or "m:mr":
                arguments.Add(read);
                break;
            case "m:num" or "m:den" or "m:sup" or "m:sub" or "m:deg" or "m:fName" or "m:lim":
                parts[name] = read;
                break;
            default:
                MathText.Append(text, read);
                break;
        }
    }

    private static string Put(string name, Dictionary<string, string> parts, List<string> arguments, string text)
    {
        var first = arguments.Count > 0 ? arguments[0] : "";
        return name switch
        {
            "m:naryPr" or "m:accPr" => parts.GetValueOrDefault("m:chr") ?? "",
            "m:dPr" => (parts.GetValueOrDefault("m:begChr") ?? "(") + "\0" + (parts.GetValueOrDefault("m:endChr") ?? ")"),
            "m:f" => $"{Group(parts, "m:num")}/{Group(parts, "m:den")}",
            "m:sSup" => $"{MathText.Group(first)}^{Group(parts, "m:sup")}",
            "m:sSub" => $"{first}_{Group(parts, "m:sub")}",
            "m:sSubSup" or "m:sPre" => $"{first}_{Group(parts, "m:sub")}^{Group(parts, "m:sup")}",
            "m:rad" => parts.GetValueOrDefault("m:deg") is { Length: > 0 } degree
                ? $"√[{degree}]{MathText.Group(first)}"
                : $"√{MathText.Group(first)}",
            "m:nary" => $"{(parts.GetValueOrDefault("sign") is { Length: > 0 } sign ? sign : "∫")}{Limits(parts)} {first}",
            "m:d" => Delimited(parts.GetValueOrDefault("signs") ?? "(\0)", arguments),
            "m:func" => $"{parts.GetValueOrDefault("m:fName")} {first}",
            "m:limLow" or "m:limUpp" => $"{first}_{Group(parts, "m:lim")}",
            "m:acc" => first + (parts.GetValueOrDefault("sign") ?? ""),
            "m:m" or "m:eqArr" => string.Join("; ", arguments),
            "m:mr" => string.Join(", ", arguments),
            _ => text + string.Concat(arguments),
        };
    }

    private static string Limits(Dictionary<string, string> parts) =>
        (parts.GetValueOrDefault("m:sub") is { Length: > 0 } from ? $"_{MathText.Group(from)}" : "")
        + (parts.GetValueOrDefault("m:sup") is { Length: > 0 } to ? $"^{MathText.Group(to)}" : "");

    private static string Delimited(string signs, List<string> arguments)
    {
        var middle = signs.IndexOf('\0', StringComparison.Ordinal);
        return $"{signs[..middle]}{string.Join(" | ", arguments)}{signs[(middle + 1)..]}";
    }

    private static string Group(Dictionary<string, string> parts, string name) => MathText.Group(parts.GetValueOrDefault(name) ?? "");
}
