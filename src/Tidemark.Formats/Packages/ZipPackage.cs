using System.IO.Compression;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>
/// The zip archive of a document. Bounded in every direction: how many entries it may have, how much one of its parts may unpack to, and
/// how much all that is read of it may.
/// </summary>
internal sealed class ZipPackage : IDisposable
{
    /// <summary>Characters of XML in one part; the longest novels have a tenth of it.</summary>
    public const int MostXml = 64 << 20;

    /// <summary>The same for a part beside the text: styles, numbering, relationships, properties.</summary>
    public const int MostXmlBeside = 8 << 20;

    /// <summary>Bytes of all parts together.</summary>
    private const long MostInAll = 256L << 20;

    private const int MostEntries = 20_000;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, (ZipArchiveEntry Entry, string? Fault)> _entries = new(StringComparer.OrdinalIgnoreCase);
    private long _read;

    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    /// <exception cref="PackageException">It is one without end.</exception>
    public ZipPackage(ReadOnlySpan<byte> content)
    {
        _archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
        if (_archive.Entries.Count > MostEntries)
        {
            throw new PackageException($"it has {_archive.Entries.Count} parts, more than {MostEntries}");
        }

        var faults = ZipHeaders.Compare(content, _archive.Entries.Count);
        for (var i = 0; i < _archive.Entries.Count; i++)
        {
            var entry = _archive.Entries[i];
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), (entry, faults[i]));
        }
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>Null: there is no such part.</summary>
    /// <exception cref="PackageException">It unpacks to more than is taken; on reading, that it is damaged or hostile.</exception>
    public XmlReader? OpenXml(string name, int most = MostXmlBeside) => Open(name, most) is { } part
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

    /// <summary>All bytes of a part; null: there is no such part.</summary>
    public byte[]? Read(string name, int most)
    {
        using var part = Open(name, most);
        if (part is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (part.Read(buffer) is > 0 and var length)
        {
            bytes.Write(buffer, 0, length);
            if (bytes.Length > most)
            {
                throw new PackageException($"its part '{name}' unpacks to more than {most} bytes");
            }
        }

        return bytes.ToArray();
    }

    public void Dispose() => _archive.Dispose();

    private PackagePart? Open(string name, int most)
    {
        if (!_entries.TryGetValue(name, out var part))
        {
            return null;
        }

        if (part.Fault is { } fault)
        {
            throw new PackageException($"{fault} of its part '{name}' is wrong: it is damaged");
        }

        // The declared length is no promise, so whoever reads it counts as well.
        return part.Entry.Length > most
            ? throw new PackageException($"its part '{name}' unpacks to {part.Entry.Length} bytes, more than {most}")
            : new PackagePart(part.Entry, Count);
    }

    private void Count(int length)
    {
        _read += length;
        if (_read > MostInAll)
        {
            throw new PackageException($"its parts unpack to more than {MostInAll} bytes");
        }
    }
}
