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
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    /// <exception cref="DocxException">It is one without end.</exception>
    public DocxPackage(ReadOnlySpan<byte> content)
    {
        _archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
        if (_archive.Entries.Count > MostEntries)
        {
            throw new DocxException($"it has {_archive.Entries.Count} parts, more than {MostEntries}");
        }

        foreach (var entry in _archive.Entries)
        {
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
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

    private XmlReader? OpenPart(string name, int most)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        // The declared length is no promise, so the reader counts as well.
        return entry.Length > most
            ? throw new DocxException($"its part '{name}' unpacks to {entry.Length} bytes, more than {most}")
            : XmlReader.Create(new DocxPart(entry), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = most,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = true,
            });
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
