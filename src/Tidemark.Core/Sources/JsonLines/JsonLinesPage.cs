using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>The records of one block; parsed when <see cref="Items"/> is first asked for.</summary>
internal sealed class JsonLinesPage(LineBlock block, RecordReader records, RecordScanner scanner, ContentHash salt)
    : ListingPage
{
    private readonly ByteArena _arena = new();
    private readonly List<ItemFailure> _failures = [];
    private ListedItem[]? _items;
    private int[] _lines = [];
    private int _count;
    private bool _parsed;

    public override ReadOnlySpan<ListedItem> Items
    {
        get
        {
            Parse();
            return new ReadOnlySpan<ListedItem>(_items, 0, _count);
        }
    }

    public override IReadOnlyList<ItemFailure> Failures => _failures;

    public override long Bytes => block.Bytes;

    /// <summary>Whether the first well-formed record has an id or a source id; null: there is no such record here.</summary>
    public bool? FirstIsIdentified { get; private set; }

    public override string Describe(int index) => NameOf(_lines[index]);

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = block[_lines[index]];
        var item = Describe(index);
        using var parsed = ParseListed(line, item);
        return new(records.Read(new JsonRecord(parsed.RootElement, item), _items![index].Token));
    }

    protected override void Dispose(bool disposing)
    {
        if (_items is not null)
        {
            PageItems.Store.Return(_items);
            ArrayPool<int>.Shared.Return(_lines);
            (_items, _lines, _count) = (null, [], 0);
        }

        _arena.Dispose();
        block.Dispose();
        base.Dispose(disposing);
    }

    private void Parse()
    {
        if (_parsed)
        {
            return;
        }

        _parsed = true;
        _items = PageItems.Store.Rent();
        _lines = ArrayPool<int>.Shared.Rent(PageItems.Most);
        foreach (var number in block.TooLong)
        {
            var label = $"line {number}";
            Fail(label, BadRecord.TooLong(
                label, block.MaxLineBytes, "split the record, or raise the limit ('limits.maxLineBytes')"));
        }

        for (var line = 0; line < block.Count; line++)
        {
            List(line);
        }
    }

    private void List(int line)
    {
        var content = block[line];
        try
        {
            var isLast = block.EndsInsideLine && line == block.Count - 1;
            var id = isLast ? default : scanner.Find(content, _arena);
            if (id.IsEmpty)
            {
                id = IdOf(content, line, isLast);
            }

            FirstIsIdentified ??= true;
            _items![_count] = new ListedItem(id, TokenOf(content.Span));
            _lines[_count++] = line;
        }
        catch (ItemException e)
        {
            if (e.Code == ErrorCodes.SourceUnidentified)
            {
                FirstIsIdentified ??= false;
            }

            Fail(NameOf(line), e);
        }
    }

    private void Fail(string label, ItemException e) =>
        _failures.Add(new ItemFailure(label, e.Code, e.Message, e.Remedy, HidesDocuments: true));

    private ReadOnlyMemory<byte> IdOf(ReadOnlyMemory<byte> content, int line, bool endsInside)
    {
        var item = NameOf(line);
        using var parsed = ParseLine(content, item, endsInside);
        try
        {
            var id = records.IdentityOf(new JsonRecord(parsed.RootElement, item)).Id;
            return id is null ? default : Encoding.UTF8.GetBytes(id);
        }
        catch (InvalidOperationException e)
        {
            throw BadRecord.HalfPair(item, e);
        }
    }

    /// <summary>An id was found in the line, but if the line is no JSON, that says nothing of what it was meant to be.</summary>
    private static JsonDocument ParseListed(ReadOnlyMemory<byte> line, string item)
    {
        try
        {
            return ParseLine(line, item);
        }
        catch (ItemException e)
        {
            throw new ItemException(e.Code, e.Message, e.Remedy, e) { HidesDocuments = true };
        }
    }

    private static JsonDocument ParseLine(ReadOnlyMemory<byte> line, string item, bool endsInside = false)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw BadRecord.Malformed(item, "is not UTF-8", "convert the file to UTF-8");
        }

        try
        {
            return JsonDocument.Parse(line, JsonNesting.Parsing);
        }
        catch (JsonException) when (endsInside)
        {
            throw BadRecord.Malformed(
                item,
                "is cut off: the stream ended inside it",
                "get the whole file and run again; until then nothing is deleted because it was not listed");
        }
        catch (JsonException e)
        {
            throw BadRecord.NotJson(item, line.Span, JsonNesting.Most, e);
        }
    }

    private string NameOf(int line) => $"line {block.NumberOf(line)}";

    /// <summary>The hash of the line, with the settings' hash laid over it: both decide what the line means.</summary>
    private ChangeToken TokenOf(ReadOnlySpan<byte> line)
    {
        Span<byte> token = stackalloc byte[ContentHash.Size];
        Span<byte> settings = stackalloc byte[ContentHash.Size];
        SHA256.HashData(line, token);
        salt.CopyTo(settings);
        var words = MemoryMarshal.Cast<byte, ulong>(token);
        var others = MemoryMarshal.Cast<byte, ulong>(settings);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ^= others[i];
        }

        return new ChangeToken(new ContentHash(token));
    }
}
