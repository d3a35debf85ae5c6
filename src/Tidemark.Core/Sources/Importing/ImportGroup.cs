using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>The consecutive lines of one document.</summary>
internal sealed class ImportGroup(string document, string source)
{
    private readonly List<(byte[] Line, long Number)> _lines = [];

    public string Document => document;

    public string Source => source;

    public byte[] Id { get; } = Encoding.UTF8.GetBytes(document);

    public long Bytes { get; private set; }

    /// <summary>A line that could not be read stands right after: it may have been this document's.</summary>
    public string? DamagedBy { get; set; }

    public string Label => _lines.Count == 1
        ? $"line {_lines[0].Number}"
        : string.Create(CultureInfo.InvariantCulture, $"lines {_lines[0].Number} to {_lines[^1].Number}");

    public void Add(ReadOnlyMemory<byte> line, long number)
    {
        _lines.Add((line.ToArray(), number));
        Bytes += line.Length;
    }

    public ChangeToken Token()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("import:1\n"u8);
        foreach (var (line, _) in _lines)
        {
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        return new ChangeToken(new ContentHash(hash.GetHashAndReset()));
    }

    /// <exception cref="ItemException">A line is bad, or one is missing.</exception>
    public Document Read()
    {
        var chunks = new List<OwnChunk>(_lines.Count);
        var text = new StringBuilder();
        var metadata = DocumentMetadata.Empty;
        foreach (var (content, number) in _lines)
        {
            var line = ImportLine.Parse(content, $"line {number}");
            if (line.Ordinal is { } ordinal && ordinal != chunks.Count)
            {
                throw Incomplete($"'line {number}' has chunk {ordinal} where chunk {chunks.Count} is expected");
            }

            metadata = metadata.IsEmpty ? line.Metadata : metadata;
            chunks.Add(line.Chunk);
            text.Append(line.Chunk.Text);
        }

        return DamagedBy is { } damage
            ? throw Incomplete($"'{damage}' after it cannot be read and may have been one of its chunks")
            : new Document
            {
                Id = document,
                SourceId = document,
                Text = text.ToString(),
                Metadata = metadata,
                Token = Token(),
                Chunks = chunks,
            };
    }

    private ItemException Incomplete(string why) => BadRecord.Malformed(
        document, $"is not whole in the file: {why}", "sort the file by document and ordinal, and import it whole");
}
