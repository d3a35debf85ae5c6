using System.Collections.Concurrent;
using System.Text;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>
/// Reads the glances of small sources into memory while the source is still being walked: one scan is cheaper than as
/// many look-ups. What it does not hold is looked up in the database, so a miss is never an answer.
/// </summary>
internal sealed class GlancePreload(ReaderPool readers)
{
    private const int LargestSource = 20_000;

    /// <summary>So few items are looked up sooner than a scan ends.</summary>
    private const int FewItems = 64;

    private const string SourceRows =
        $"SELECT d.id, {DocumentColumns.Glance} FROM document d WHERE d.source = ?1 AND d.{RowStates.Live}";

    private readonly ConcurrentDictionary<long, Task<GlanceTable>> _tables = new();
    private volatile bool _stopped;

    /// <summary>Nothing is read ahead: no source is going to be listed.</summary>
    public bool IsOff { get; init; }

    /// <summary>Starts reading in the background.</summary>
    public void Start(SourceRecord source)
    {
        if (!IsOff && source.LiveDocuments is > 0 and <= LargestSource)
        {
            _tables.TryAdd(source.Key.Value, Task.Run(() => Load(source.Key.Value, (int)source.LiveDocuments)));
        }
    }

    public bool Holds(SourceKey source) => _tables.ContainsKey(source.Value);

    /// <summary>Fills what is held and marks it in <paramref name="known"/>.</summary>
    /// <returns>How many were filled.</returns>
    public async ValueTask<int> FillAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, Memory<bool> known)
    {
        if (!_tables.TryGetValue(source.Value, out var loading) || (!loading.IsCompleted && page.Items.Length <= FewItems))
        {
            return 0;
        }

        var table = await loading.ConfigureAwait(false);
        var filled = 0;
        var items = page.Items;
        for (var i = 0; i < items.Length; i++)
        {
            known.Span[i] = table.TryGet(items[i].Id.Span, out glances.Span[i]);
            filled += known.Span[i] ? 1 : 0;
        }

        return filled;
    }

    /// <summary>
    /// Called before a batch is written, so that no scan sees half of it: one that has not ended yet, because few items were
    /// listed, keeps what it has.
    /// </summary>
    public Task SettleAsync()
    {
        _stopped = true;
        return _tables.IsEmpty ? Task.CompletedTask : Task.WhenAll(_tables.Values);
    }

    /// <summary>Called after a batch was committed.</summary>
    public void Forget(IReadOnlyList<DocumentWrite> writes)
    {
        foreach (var loaded in _tables.Values)
        {
            foreach (var write in writes)
            {
                loaded.Result.Forget(Encoding.UTF8.GetBytes(write.Id));
            }
        }
    }

    private GlanceTable Load(long source, int documents)
    {
        var table = new GlanceTable(documents);
        using var reader = readers.Rent();
        using var row = reader.Connection.Statement(SourceRows);
        row.Bind(1, source);
        while (!_stopped && !table.IsFull && row.Step())
        {
            table.Add(row.GetUtf8(0), DocumentColumns.ReadGlance(row, 1));
        }

        return table;
    }
}
