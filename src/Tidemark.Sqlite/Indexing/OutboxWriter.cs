using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// The index of a generation whose vectors are outside, inside the writing transaction: changes wait in the outbox, and the
/// keyword index follows what is published, so that both modes find the same version of a document.
/// </summary>
internal sealed class OutboxWriter(
    SqliteConnection connection, long generation, KeywordWriter keywords, TimeProvider clock)
{
    // REPLACE coalesces: what an entry still had to go through before does not matter any more.
    private const string Enqueue = """
        INSERT OR REPLACE INTO outbox (generation, document, chunk, opened, change, at)
        SELECT generation, document, key, from_sequence, ?2, ?3 FROM chunk WHERE key = ?1
        """;

    private const string EnqueuePatch = $"""
        INSERT INTO outbox (generation, document, chunk, opened, change, at)
        SELECT generation, document, key, from_sequence, {RowStates.PatchNumber}, ?2 FROM chunk c
        WHERE key = ?1 AND to_sequence IS NULL AND NOT EXISTS (
          SELECT 1 FROM outbox o WHERE o.generation = c.generation AND o.chunk = c.key AND o.opened = c.from_sequence)
        """;

    private const string FindLagging = "SELECT sequence FROM unpublished WHERE generation = ?1 AND document = ?2";

    private const string AddLagging = """
        INSERT INTO unpublished (generation, document, sequence, text_hash)
        SELECT ?1, key, ?3, CASE WHEN ?3 = 0 THEN text_hash END FROM document WHERE key = ?2
        """;

    private const string DropLagging = """
        UPDATE unpublished SET sequence = 0, text_hash = (SELECT text_hash FROM document WHERE key = ?2) WHERE generation = ?1 AND document = ?2
        """;

    private const string RemoveLagging = "DELETE FROM unpublished WHERE generation = ?1 AND document = ?2";

    private const string Waits = $"SELECT 1 FROM outbox WHERE generation = ?1 AND document = ?2 AND {RowStates.Put} LIMIT 1";
    private const string CurrentLayout = """
        SELECT l.entries, d.id, d.metadata FROM layout l JOIN document d ON d.key = l.document WHERE l.generation = ?1 AND l.document = ?2
        """;

    private const string FormerLayout = """
        SELECT h.entries, d.id, h.metadata FROM document_history h JOIN document d ON d.key = h.document
        WHERE h.generation = ?1 AND h.document = ?2 AND h.from_sequence = ?3
        """;

    private const string ChunkText = "SELECT text FROM chunk WHERE key = ?1";
    private const string Stamp = "UPDATE external_index SET stamp = stamp + 1 WHERE generation = ?1";

    private readonly MovedDocuments _moved = new(connection, generation);
    private readonly List<(long Chunk, byte[] Text, string Caption)> _removed = [];
    private readonly List<(long Chunk, byte[] Text, string Caption)> _unworded = [];
    private readonly List<(long Chunk, byte[] Text, string Caption)> _reworded = [];
    private bool _hasAdded;

    public void Add(long chunk)
    {
        Write(OutboxChange.Put, chunk);
        _hasAdded = true;
    }

    /// <param name="caption">What stands above it.</param>
    public void Remove(long chunk, ReadOnlySpan<byte> text, string caption)
    {
        Write(OutboxChange.Delete, chunk);
        _removed.Add((chunk, text.ToArray(), caption));
    }

    /// <summary>A chunk goes on under another title or heading, which is no change of its entry.</summary>
    /// <param name="caption">The former one.</param>
    public void Unword(long chunk, ReadOnlySpan<byte> text, string caption) => _unworded.Add((chunk, text.ToArray(), caption));

    /// <param name="caption">The current one.</param>
    public void Reword(long chunk, ReadOnlySpan<byte> text, string caption) => _reworded.Add((chunk, text.ToArray(), caption));

    /// <summary>The entry is written again, unless it waits to be written or deleted anyway.</summary>
    public void Patch(long chunk)
    {
        using var row = connection.Statement(EnqueuePatch);
        row.Bind(1, chunk);
        row.Bind(2, clock.GetUtcNow().ToStored());
        row.Step();
    }

    /// <summary>
    /// All of a document's changes are made. Without new entries its new version is published at once; else searches stay
    /// with the former one until those are acknowledged.
    /// </summary>
    public void Settle(long document, WriteDecision decision)
    {
        if (decision.DropsDamaged)
        {
            DropFound(document);
        }

        var lagging = Lagging(document);
        if (decision.MayHaveMoved && (lagging ?? decision.FoundMeanwhile) is > 0 and var found && _moved.Hold(document, found))
        {
            Discard(); // searches stay with it until they find the document that has its text
            return;
        }

        if (lagging > 0)
        {
            _moved.Release(document);
        }

        Settle(document, lagging, decision.FoundMeanwhile);
    }

    public void SettleStaged(long document) => Settle(document, Lagging(document), found: 0);

    private void Settle(long document, long? lagging, long found)
    {
        if (!_hasAdded && lagging is null)
        {
            foreach (var (chunk, text, caption) in _removed.Concat(_unworded))
            {
                keywords.Remove(chunk, text, caption);
            }

            foreach (var (chunk, text, caption) in _reworded)
            {
                keywords.Add(chunk, text, caption);
            }
        }
        else
        {
            if (lagging is null)
            {
                Run(AddLagging, document, found);
            }

            PublishIfComplete(document);
        }

        Discard();
    }

    /// <summary>Whatever searches find of a document goes, before its chunks that are gone are forgotten.</summary>
    private void DropFound(long document)
    {
        if (Lagging(document) is not { } found)
        {
            foreach (var (chunk, text, caption) in _removed)
            {
                keywords.Remove(chunk, text, caption);
            }
        }
        else if (found > 0)
        {
            var gone = _removed.ToDictionary(chunk => chunk.Chunk, chunk => chunk.Text);
            foreach (var (chunk, caption) in Layout(FormerLayout, document, found).Order())
            {
                if (gone.TryGetValue(chunk, out var text))
                {
                    keywords.Remove(chunk, text, caption);
                }
                else
                {
                    WithText(chunk, (key, kept) => keywords.Remove(key, kept, caption));
                }
            }

            Run(DropLagging, document);
        }

        _removed.Clear();
    }

    /// <summary>Lets a document be found in its current version if the external index has all of it.</summary>
    public void PublishIfComplete(long document)
    {
        if (Lagging(document) is not { } published || HasRow(Waits, document) || _moved.Holds(document))
        {
            return;
        }

        var released = published == 0 ? _moved.ReleasedBy(document) : [];

        var former = published == 0 ? [] : Layout(FormerLayout, document, published);
        var current = Layout(CurrentLayout, document);
        foreach (var (chunk, caption) in former.Except(current).Order())
        {
            WithText(chunk, (key, text) => keywords.Remove(key, text, caption));
        }

        foreach (var (chunk, caption) in current.Except(former).Order())
        {
            WithText(chunk, (key, text) => keywords.Add(key, text, caption));
        }

        Run(RemoveLagging, document);
        using var stamp = connection.Statement(Stamp);
        stamp.Bind(1, generation);
        stamp.Step();
        stamp.Dispose();
        foreach (var moved in released)
        {
            PublishIfComplete(moved);
        }
    }

    public void Discard()
    {
        _removed.Clear();
        _unworded.Clear();
        _reworded.Clear();
        _hasAdded = false;
    }

    private void Write(OutboxChange change, long chunk)
    {
        using var row = connection.Statement(Enqueue);
        row.Bind(1, chunk);
        row.Bind(2, (long)change);
        row.Bind(3, clock.GetUtcNow().ToStored());
        row.Step();
    }

    private long? Lagging(long document)
    {
        using var row = connection.Statement(FindLagging);
        row.Bind(1, generation);
        row.Bind(2, document);
        return row.Step() ? row.GetInt64(0) : null;
    }

    private (long Chunk, string Caption)[] Layout(string sql, long document, long? sequence = null)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, generation);
        row.Bind(2, document);
        if (sequence is { } known)
        {
            row.Bind(3, known);
        }

        if (!row.Step())
        {
            return [];
        }

        var title = DocumentTitle.Of(row.GetText(1), row.GetUtf8(2));
        return [.. row.GetLayout(0).Select(entry => (entry.Chunk, ChunkCaption.Of(title, entry.Heading)))];
    }

    private delegate void KeywordChange(long chunk, ReadOnlySpan<byte> text);

    private void WithText(long chunk, KeywordChange change)
    {
        using var row = connection.Statement(ChunkText);
        row.Bind(1, chunk);
        if (row.Step())
        {
            change(chunk, row.GetUtf8(0));
        }
    }

    private bool HasRow(string sql, long document)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, generation);
        row.Bind(2, document);
        return row.Step();
    }

    private void Run(string sql, long document, long? sequence = null)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, generation);
        row.Bind(2, document);
        if (sequence is { } known)
        {
            row.Bind(3, known);
        }

        row.Step();
    }
}
