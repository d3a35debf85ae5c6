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

    /// <summary>Whether the first of its lines says that it is the document's first chunk.</summary>
    public bool StartsAtFirst { get; init; }

    /// <summary>Where lines of the document go on that do not stand with these; null: nowhere.</summary>
    public string? GoesOnAt { get; set; }

    /// <summary>What is odd about its lines; known once it was read.</summary>
    public ItemWarning? Warning { get; private set; }

    public string FirstLine => $"line {_lines[0].Number}";

    public string Label => _lines.Count == 1
        ? $"line {_lines[0].Number}"
        : string.Create(CultureInfo.InvariantCulture, $"lines {_lines[0].Number} to {_lines[^1].Number}");

    public void Add(ReadOnlyMemory<byte> line, long number)
    {
        _lines.Add((line.ToArray(), number));
        Bytes += line.Length;
    }

    /// <summary>None for what is not whole: it has to be read to be told.</summary>
    public ChangeToken Token()
    {
        if (GoesOnAt is not null)
        {
            return ChangeToken.None;
        }

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
        if (GoesOnAt is { } elsewhere)
        {
            throw Incomplete($"its lines do not stand together, '{elsewhere}' is of it, too");
        }

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

            if (chunks.Count == 0)
            {
                metadata = line.Metadata;
            }
            else if (line.Metadata != metadata)
            {
                Warning ??= OtherMetadata($"line {number}");
                metadata = metadata.IsEmpty ? line.Metadata : metadata;
            }

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

    private ItemWarning OtherMetadata(string line) => new(
        document,
        ErrorCodes.SourceMalformed,
        $"the chunks of '{document}' have different metadata ('{line}' is the first that differs), and a document has one for all of them: "
        + "that of its first line which has any was taken",
        "give all lines of a document the same metadata, or import each chunk as a document of its own");

    private ItemException Incomplete(string why) => BadRecord.Malformed(
        document, $"is not whole in the file: {why}", "sort the file by document and ordinal, and import it whole");
}
