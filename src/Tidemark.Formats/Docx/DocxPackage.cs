using System.IO.Compression;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>
/// The zip archive of a document and the relationships between its parts (ECMA-376 part 2). Bounded in every direction:
/// how many entries it may have, and how much XML one of its parts may unpack to.
/// </summary>
internal sealed class DocxPackage : IDisposable
{
    /// <summary>Characters of XML in one part; the longest novels have a tenth of it.</summary>
    public const int MostXml = 64 << 20;

    /// <summary>The same for a part beside the text: styles, numbering, relationships, properties.</summary>
    private const int MostXmlBeside = 8 << 20;

    private const int MostEntries = 20_000;

    private readonly ZipArchive _archive;
    /// <summary>What kinds of parts there are. Nothing is taken from it; but where it is damaged, so may be what it speaks of.</summary>
    private const string Types = "[Content_Types].xml";

    private readonly Dictionary<string, (ZipArchiveEntry Entry, string? Fault)> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    /// <exception cref="DocxException">It is one without end.</exception>
    public DocxPackage(ReadOnlySpan<byte> content)
    {
        _archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
        if (_archive.Entries.Count > MostEntries)
        {
            throw new DocxException($"it has {_archive.Entries.Count} parts, more than {MostEntries}");
        }

        var faults = ZipHeaders.Compare(content, _archive.Entries.Count);
        for (var i = 0; i < _archive.Entries.Count; i++)
        {
            var entry = _archive.Entries[i];
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), (entry, faults[i]));
        }

        using (var types = Open(Types, MostXmlBeside))
        {
            types?.CopyTo(Stream.Null);
        }

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
        var slash = source.LastIndexOf('/') + 1;
        using var reader = OpenPart($"{source[..slash]}_rels/{source[slash..]}.rels");
        string? found = null;

        // To the end of the part, for its checksum stands there.
        while (reader?.Read() == true)
        {
            if (found is null
                && reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("TargetMode") is not "External"
                && reader.GetAttribute("Type")?.EndsWith("/" + type, StringComparison.Ordinal) == true
                && reader.GetAttribute("Target") is { Length: > 0 } target)
            {
                found = Resolve(source[..slash], target);
            }
        }

        return found;
    }

    /// <summary>Null: there is no such part.</summary>
    /// <exception cref="DocxException">It unpacks to more than is taken; on reading, that it is damaged or hostile.</exception>
    public XmlReader? OpenPart(string name) => OpenPart(name, MostXmlBeside);

    /// <summary>The same for a part that may be as long as the text of a document.</summary>
    public XmlReader? OpenText(string name) => OpenPart(name, MostXml);

    private XmlReader? OpenPart(string name, int most) => Open(name, most) is { } part
        ? XmlReader.Create(part, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = most,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        })
        : null;

    private DocxPart? Open(string name, int most)
    {
        if (!_entries.TryGetValue(name, out var part))
        {
            return null;
        }

        if (part.Fault is { } fault)
        {
            throw new DocxException($"{fault} of its part '{name}' is wrong: it is damaged");
        }

        // The declared length is no promise, so whoever reads it counts as well.
        return part.Entry.Length > most
            ? throw new DocxException($"its part '{name}' unpacks to {part.Entry.Length} bytes, more than {most}")
            : new DocxPart(part.Entry);
    }

    public void Dispose() => _archive.Dispose();

    private static string Resolve(string folder, string target)
    {
        var names = new List<string>();
        var whole = target.StartsWith('/') ? target : folder + target;
        foreach (var name in whole.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }
}
