using System.Globalization;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Some hundred documents of an enumeration, which are there already: reading one is handing it over.</summary>
/// <param name="before">How many were listed before this page.</param>
internal sealed class EnumerablePage(long before) : ListingPage
{
    private const int MostItems = 256;
    private const long MostText = 1 << 20;

    private readonly List<DocumentChange> _changes = [];
    private readonly List<string> _labels = [];
    private readonly List<ItemFailure> _failures = [];
    private readonly List<ItemWarning> _warnings = [];
    private readonly Dictionary<int, ItemException> _refused = [];
    private ListedItem[]? _items;
    private long _text;

    public bool IsFull => _changes.Count >= MostItems || _text >= MostText;

    public override ReadOnlySpan<ListedItem> Items =>
        _items ??= [.. _changes.Select(change => new ListedItem(Encoding.UTF8.GetBytes(IdOf(change)), TokenOf(change)))];

    public override IReadOnlyList<ItemFailure> Failures => _failures;

    public override IReadOnlyList<ItemWarning> Warnings => _warnings;

    public override long Bytes => _text;

    public override Func<CancellationToken, ValueTask>? OnDurable => Durable;

    /// <summary>Set before the page is handed over.</summary>
    internal Func<CancellationToken, ValueTask>? Durable { get; set; }

    public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
    {
        var change = _changes[index];
        if (_refused.TryGetValue(index, out var refused))
        {
            throw refused;
        }

        DocumentRules.Check(_labels[index], change);
        return ValueTask.FromResult(change switch
        {
            DocumentChange.Upsert upsert => new DocumentChange.Upsert(LineEnds.Unify(upsert.Document) with { Token = Items[index].Token }),
            DocumentChange.Delete delete => delete with { Token = Items[index].Token },
            _ => change,
        });
    }

    public override string Describe(int index) => _labels[index];

    /// <param name="number">Counted from 1 over the whole enumeration.</param>
    /// <param name="change">Whatever came.</param>
    public void Add(long number, DocumentChange? change) => Add(change, string.Create(CultureInfo.InvariantCulture, $"document {number}"));

    /// <param name="change">Whatever came.</param>
    /// <param name="label">How it is named where it has no id.</param>
    public void Add(DocumentChange? change, string label)
    {
        if (DocumentRules.FaultOfId(change) is { } fault)
        {
            _failures.Add(new ItemFailure(
                label,
                ErrorCodes.SourceUnidentified,
                $"'{label}' {fault}",
                "give every document an id of its own, of printable text; until then nothing is deleted because it was not listed",
                HidesDocuments: true));
            return;
        }

        _changes.Add(change!);
        _labels.Add(IdOf(change!) is { Length: > 0 } id ? id : label);
        _text += (change as DocumentChange.Upsert)?.Document.Text?.Length ?? 0;
    }

    /// <summary>A document that is there, but cannot be taken; what is indexed of it stays.</summary>
    public void Refuse(DocumentChange change, ItemException why)
    {
        _refused[_changes.Count] = why;
        Add(change, "");
    }

    public void Warn(ItemWarning warning) => _warnings.Add(warning);

    public void Fail(ItemFailure failure) => _failures.Add(failure);

    public void Fail(long listed, Exception failure)
    {
        var label = string.Create(CultureInfo.InvariantCulture, $"document {Math.Max(before, listed) + 1}");
        _failures.Add(new ItemFailure(
            label,
            (failure as TidemarkException)?.Code ?? ErrorCodes.SourceUnreadable,
            $"the enumeration failed at '{label}': {failure.Message}",
            (failure as TidemarkException)?.Remedy
                ?? "repair what enumerates the documents and sync again; until then nothing is deleted because it was not listed",
            HidesDocuments: true));
    }

    private static string IdOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Id,
        DocumentChange.Delete delete => delete.Id,
        _ => "",
    };

    private static ChangeToken TokenOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => DocumentToken.Of(upsert.Document),
        DocumentChange.Delete delete => DocumentToken.Of(delete),
        _ => ChangeToken.None,
    };
}
