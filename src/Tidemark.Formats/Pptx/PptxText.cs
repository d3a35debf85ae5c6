using System.Text;
using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A presentation to text and metadata.</summary>
internal static class PptxText
{
    private const int MostText = 32 << 20;

    public static ExtractedText Read(ReadOnlySpan<byte> content)
    {
        using var package = new OfficePackage(content);
        var main = package.MainPart ?? throw new PackageException("it has no presentation part");
        var relations = package.RelationsOf(main);
        var text = new StringBuilder();
        foreach (var id in SlidesOf(package, main))
        {
            if (relations.Find(relation => relation.Id == id && relation.Type == "slide").Target is { } part)
            {
                Write(package, part, text);
            }

            if (text.Length > MostText)
            {
                throw new PackageException($"it gives more than {MostText} characters of text");
            }
        }

        return new ExtractedText(text.ToString(), PackageProperties.Read(package));
    }

    private static List<string> SlidesOf(OfficePackage package, string main)
    {
        using var reader = package.OpenPart(main) ?? throw new PackageException($"its part '{main}' is missing");
        var slides = new List<string>();
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sldId" })
            {
                slides.Add(DocxNames.Relation(reader) ?? "");
            }
        }

        return slides;
    }

    private static void Write(OfficePackage package, string part, StringBuilder text)
    {
        using var reader = package.OpenText(part) ?? throw new PackageException($"its part '{part}' is missing");
        var slide = new PptxSlide();
        if (!slide.Read(reader))
        {
            return;
        }

        foreach (var (_, type, target) in package.RelationsOf(part))
        {
            if (type == "diagramData" && package.OpenText(target) is { } diagram)
            {
                using (diagram)
                {
                    slide.ReadDiagram(diagram);
                }
            }
            else if (type == "notesSlide" && package.OpenText(target) is { } notes)
            {
                using (notes)
                {
                    slide.ReadNotes(notes);
                }
            }
        }

        slide.WriteTo(text);
    }
}
