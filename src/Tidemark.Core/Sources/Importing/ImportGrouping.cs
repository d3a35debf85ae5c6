using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Gathers the lines of an import by document. Holds the document whose lines are being read.</summary>
internal sealed class ImportGrouping
{
    private List<ImportGroup> _whole = [];
    private List<ItemFailure> _failures = [];
    private ImportGroup? _open;

    public long Bytes => _whole.Sum(g => g.Bytes);

    public bool HasFailures => _failures.Count > 0;

    public void Add(LineBlock block)
    {
        foreach (var number in block.TooLong)
        {
            var label = $"line {number}";
            Fail(label, BadRecord.TooLong(label, block.MaxLineBytes, "leave the chunk out, and sync its document instead"));
        }

        for (var i = 0; i < block.Count; i++)
        {
            var label = $"line {block.NumberOf(i)}";
            try
            {
                Add(ImportLine.Identify(block[i], label), block[i], block.NumberOf(i));
            }
            catch (ItemException e)
            {
                Fail(label, e);
            }
        }
    }

    /// <summary>The documents whose lines have all been read.</summary>
    public (List<ImportGroup> Groups, List<ItemFailure> Failures) TakeWhole()
    {
        var taken = (_whole, _failures);
        (_whole, _failures) = ([], []);
        return taken;
    }

    public (List<ImportGroup> Groups, List<ItemFailure> Failures) TakeAll()
    {
        CloseOpen();
        return TakeWhole();
    }

    private void Add((string Document, string Source, bool IsFirst) of, ReadOnlyMemory<byte> line, long number)
    {
        if (_open is null || _open.Document != of.Document || _open.Source != of.Source)
        {
            CloseOpen();
            _open = new ImportGroup(of.Document, of.Source) { StartsAtFirst = of.IsFirst };
        }

        _open.Add(line, number);
    }

    private void Fail(string label, ItemException e)
    {
        _failures.Add(new ItemFailure(label, e.Code, e.Message, e.Remedy, HidesDocuments: true));
        if (_open is not null)
        {
            _open.DamagedBy ??= label;
        }
    }

    private void CloseOpen()
    {
        if (_open is not null)
        {
            _whole.Add(_open);
            _open = null;
        }
    }
}
