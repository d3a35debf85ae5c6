using System.Buffers;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Some hundred files, in order; their ids lie in one pooled buffer.</summary>
internal sealed class DirectoryPage : ListingPage
{
    private const int MostItems = 512;
    private const int IdBytes = 65_536;

    /// <summary>A page whose files all have to be read is held in memory whole, several times over and several at once.</summary>
    private const long MostBytes = 512 << 10;

    private readonly FileReader _reader;
    private readonly byte[] _prefix;
    private readonly int _rootLength;
    private readonly List<ItemWarning> _warnings = [];
    private ListedItem[]? _items = PageItems.Store.Rent();
    private byte[] _ids = [];
    private int _count;
    private int _used;
    private long _bytes;

    /// <param name="prefix">The source's name and a slash.</param>
    public DirectoryPage(FileReader reader, byte[] prefix, int rootLength)
    {
        _reader = reader;
        _prefix = prefix;
        _rootLength = rootLength;
        reader.Tree.Hold();
    }

    public override ReadOnlySpan<ListedItem> Items => new(_items, 0, _count);

    public override IReadOnlyList<ItemFailure> Failures => FailureList;

    public override IReadOnlyList<ItemWarning> Warnings => _warnings;

    public override IReadOnlyDictionary<string, long> NotTaken => LeftOut ?? base.NotTaken;

    public override long Bytes => _bytes;

    internal List<ItemFailure> FailureList { get; } = [];

    /// <summary>Set at the last page of a listing.</summary>
    internal IReadOnlyDictionary<string, long>? LeftOut { get; set; }

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = _items![index].Id.Span;
        var reading = _reader.ReadAsync(
            id[_prefix.Length..], Describe(index), Encoding.UTF8.GetString(id), cancellationToken);
        return reading.IsCompletedSuccessfully
            ? new ValueTask<DocumentChange>(Take(reading.Result))
            : AwaitAsync(reading);
    }

    public override string Describe(int index) => DisplayName.Of(_items![index].Id.Span);

    /// <returns>False: the page is full.</returns>
    public bool TryAdd(ReadOnlySpan<byte> path, FileStamp stamp)
    {
        var below = path[(_rootLength + 1)..];
        var length = _prefix.Length + below.Length;
        if (_count == 0)
        {
            _ids = ArrayPool<byte>.Shared.Rent(Math.Max(IdBytes, length));
        }
        else if (_count == MostItems || _used + length > _ids.Length || _bytes + stamp.Size > MostBytes)
        {
            return false;
        }

        var id = _ids.AsMemory(_used, length);
        _prefix.AsSpan().CopyTo(id.Span);
        below.CopyTo(id.Span[_prefix.Length..]);
        _items![_count++] = new ListedItem(id, _reader.TokenOf(below, stamp));
        _used += length;
        _bytes += stamp.Size;
        return true;
    }

    private async ValueTask<DocumentChange> AwaitAsync(ValueTask<ReadFile> reading) =>
        Take(await reading.ConfigureAwait(false));

    private DocumentChange.Upsert Take(ReadFile read)
    {
        _warnings.AddRange(read.Warnings);
        return new DocumentChange.Upsert(read.Document);
    }

    protected override void Dispose(bool disposing)
    {
        if (_items is not null)
        {
            PageItems.Store.Return(_items);
            ArrayPool<byte>.Shared.Return(_ids);
            (_items, _ids, _count) = (null, [], 0);
            _reader.Tree.Release();
        }

        base.Dispose(disposing);
    }
}
