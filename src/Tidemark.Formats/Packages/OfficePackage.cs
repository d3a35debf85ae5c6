using System.Xml;

namespace Tidemark.Formats;

/// <summary>The parts of a document of Word, PowerPoint or Excel and the relationships between them (ECMA-376 part 2).</summary>
internal sealed class OfficePackage : IDisposable
{
    /// <summary>What kinds of parts there are. Nothing is taken from it; but where it is damaged, so may be what it speaks of.</summary>
    private const string Types = "[Content_Types].xml";

    private readonly ZipPackage _parts;

    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    /// <exception cref="PackageException">It is one without end.</exception>
    public OfficePackage(ReadOnlySpan<byte> content)
    {
        _parts = new ZipPackage(content);
        _parts.Read(Types, ZipPackage.MostXmlBeside);
        MainPart = Related("", "officeDocument");
        Properties = Related("", "core-properties");
    }

    /// <summary>The name of the part with the text; null: the package has none.</summary>
    public string? MainPart { get; }

    public string? Properties { get; }

    /// <summary>The part that another one refers to by a type of relationship; null: there is none.</summary>
    /// <param name="source">A part's name; empty: the package itself.</param>
    /// <param name="type">The last word of the type, which the transitional and the strict format share.</param>
    public string? Related(string source, string type)
    {
        string? found = null;
        foreach (var (_, itsType, target) in RelationsOf(source))
        {
            found ??= itsType == type ? target : null;
        }

        return found;
    }

    /// <summary>All that a part refers to within the package.</summary>
    public List<PackageRelation> RelationsOf(string source)
    {
        var slash = source.LastIndexOf('/') + 1;
        using var reader = OpenPart($"{source[..slash]}_rels/{source[slash..]}.rels");
        var found = new List<PackageRelation>();

        // To the end of the part, for its checksum stands there.
        while (reader?.Read() == true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("TargetMode") is not "External"
                && reader.GetAttribute("Type") is { } type
                && reader.GetAttribute("Target") is { Length: > 0 } target)
            {
                found.Add(new PackageRelation(
                    reader.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], PackagePath.Resolve(source[..slash], target)));
            }
        }

        return found;
    }

    /// <summary>Null: there is no such part.</summary>
    /// <exception cref="PackageException">It unpacks to more than is taken; on reading, that it is damaged or hostile.</exception>
    public XmlReader? OpenPart(string name) => _parts.OpenXml(name);

    /// <summary>The same for a part that may be as long as the text of a document.</summary>
    public XmlReader? OpenText(string name) => _parts.OpenXml(name, ZipPackage.MostXml);

    /// <summary>The bytes of a part that is no XML perhaps; null: there is none.</summary>
    public byte[]? Read(string name) => _parts.Read(name, ZipPackage.MostXmlBeside);

    public void Dispose() => _parts.Dispose();
}
