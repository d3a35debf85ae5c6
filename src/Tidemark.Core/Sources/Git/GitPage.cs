using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Some hundred files of a tree.</summary>
internal sealed class GitPage : ListingPage
{
    private readonly GitReader _reader;
    private readonly List<ListedItem> _listed = [];
    private readonly List<GitItem> _items = [];
    private readonly List<ItemWarning> _warnings = [];
    private ListedItem[]? _all;
    private bool _isDisposed;

    public GitPage(GitReader reader)
    {
        _reader = reader;
        reader.Blobs.Hold();
    }

    public override ReadOnlySpan<ListedItem> Items => _all ??= [.. _listed];

    public override IReadOnlyList<ItemFailure> Failures => FailureList;

    public override IReadOnlyList<ItemWarning> Warnings => _warnings;

    public override IReadOnlyDictionary<string, long> NotTaken => LeftOut ?? base.NotTaken;

    internal GitReader Reader => _reader;

    internal bool IsFull => _listed.Count == PageItems.Most;

    internal List<ItemFailure> FailureList { get; } = [];

    /// <summary>Set at the last page of a listing.</summary>
    internal IReadOnlyDictionary<string, long>? LeftOut { get; set; }

    public void Add(GitItem item, ChangeToken token)
    {
        _items.Add(item);
        _listed.Add(new ListedItem(Encoding.UTF8.GetBytes(item.Id), token));
    }

    public void Warn(ItemWarning warning) => _warnings.Add(warning);

    public override async ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        var read = await _reader.ReadAsync(_items[index], cancellationToken).ConfigureAwait(false);
        _warnings.AddRange(read.Warnings);
        return new DocumentChange.Upsert(read.Document);
    }

    public override string Describe(int index) => _items[index].Shown;

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _reader.Blobs.Dispose();
        }

        base.Dispose(disposing);
    }
}
