using System.Text;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Applying;

/// <summary>Opens and closes rows of <c>chunk</c>, and the index with them. Their texts are never rewritten.</summary>
internal sealed class ChunkRows(SqliteConnection connection, IIndexWriter index) : IStoredChunks
{
    private const string InsertRow = """
        INSERT INTO chunk (generation, document, occurrence, from_sequence, input, text, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    private const string CloseRow = "UPDATE chunk SET to_sequence = ?2 WHERE key = ?1";
    private const string DeleteRow = "DELETE FROM chunk WHERE key = ?1";
    private const string OpenRows = "SELECT key, input, text, seal FROM chunk WHERE generation = ?1 AND document = ?2 AND to_sequence IS NULL";
    private const string TextRow = "SELECT text FROM chunk WHERE key = ?1";

    private readonly EmbeddingTable _embeddings = new(connection);
    private byte[] _text = new byte[8 * 1024];

    public int TokensOf(long chunk)
    {
        using var row = connection.Statement(TextRow);
        row.Bind(1, chunk);
        return row.Step() ? (int)TokenEstimate.OfUtf8(row.GetUtf8(0).Length) : 0;
    }

    public bool HasText(long chunk, string text)
    {
        using var row = connection.Statement(TextRow);
        row.Bind(1, chunk);
        return !row.Step() || row.GetUtf8(0).SequenceEqual(Encode(text));
    }

    /// <returns>The new chunk's key.</returns>
    public long Open(in ChunkPlace place, in ChunkWrite chunk)
    {
        var text = Encode(chunk.Text);
        var key = Insert(place, chunk, text);
        if (_embeddings.Find(place.Space, chunk.Input) == 0)
        {
            _embeddings.Insert(place.Space, new StoredEmbedding(chunk.Input, chunk.Vector), new EmbeddingOrigin(place.Now, 0, default));
        }

        index.Add(place.Generation, (key, chunk.Heading), text, chunk.Vector.Span);
        return key;
    }

    /// <summary>A kept chunk whose text changed under an unchanged input: its row closes, another opens.</summary>
    /// <returns>The key that goes on.</returns>
    public long Patch(in ChunkPlace place, in ChunkWrite chunk)
    {
        var former = chunk.Existing.Value;
        var text = Encode(chunk.Text);
        var key = Insert(place, chunk, text);
        using (var row = connection.Statement(TextRow))
        {
            row.Bind(1, former);
            row.Step();
            index.ReplaceText(place.Generation, former, row.GetUtf8(0), (key, chunk.Heading), text);
        }

        SetClosed(former, place.Sequence);
        return key;
    }

    /// <summary>Chunks that go on under another title or heading.</summary>
    public void Rename(long generation, IReadOnlyList<ChunkWrite> chunks)
    {
        foreach (var chunk in chunks.Select(chunk => chunk.Existing.Value).Order())
        {
            WithText(chunk, text => index.Unword(generation, chunk, text));
        }

        foreach (var chunk in chunks.OrderBy(chunk => chunk.Existing.Value))
        {
            WithText(chunk.Existing.Value, text => index.Reword(generation, chunk.Existing.Value, chunk.Heading, text));
        }
    }

    /// <summary>The chunk leaves the index; its row stays as history.</summary>
    public void Close(long generation, long chunk, long sequence)
    {
        RemoveFromIndex(generation, chunk);
        SetClosed(chunk, sequence);
    }

    /// <summary>A chunk of a generation that never answered goes without a trace.</summary>
    public void Delete(long generation, long chunk)
    {
        RemoveFromIndex(generation, chunk);
        using var delete = connection.Statement(DeleteRow);
        delete.Bind(1, chunk);
        delete.Step();
    }

    /// <summary>Of a damaged document, whose layout says nothing: whatever is open of it goes without a trace.</summary>
    public void DeleteAll(long generation, long document)
    {
        var open = new List<(long Key, bool IsIntact)>();
        using (var row = connection.Statement(OpenRows))
        {
            row.Bind(1, generation);
            row.Bind(2, document);
            while (row.Step())
            {
                open.Add((row.GetInt64(0), Seal.Holds(row.GetHash(1), row.GetUtf8(2), row.GetNullableInt64(3))));
            }
        }

        foreach (var (chunk, isIntact) in open)
        {
            if (!isIntact)
            {
                SetText(chunk, ""); // the index has other words of it; taking these out would break it beyond what a repair sees
            }

            Delete(generation, chunk);
        }
    }

    private void RemoveFromIndex(long generation, long chunk) => WithText(chunk, text => index.Remove(generation, chunk, text));

    private void WithText(long chunk, UseOfText use)
    {
        using var row = connection.Statement(TextRow);
        row.Bind(1, chunk);
        if (row.Step())
        {
            use(row.GetUtf8(0));
        }
    }

    private void SetText(long chunk, string text)
    {
        using var set = connection.Statement("UPDATE chunk SET text = ?2 WHERE key = ?1");
        set.Bind(1, chunk);
        set.BindText(2, text);
        set.Step();
    }

    private void SetClosed(long chunk, long sequence)
    {
        using var close = connection.Statement(CloseRow);
        close.Bind(1, chunk);
        close.Bind(2, sequence);
        close.Step();
    }

    private long Insert(in ChunkPlace place, in ChunkWrite chunk, ReadOnlySpan<byte> text)
    {
        using var insert = connection.Statement(InsertRow);
        insert.Bind(1, place.Generation);
        insert.Bind(2, place.Document);
        insert.Bind(3, chunk.Occurrence);
        insert.Bind(4, place.Sequence);
        insert.Bind(5, chunk.Input);
        insert.BindText(6, text);
        insert.Bind(7, place.IsNormalized || !chunk.Existing.IsNone ? Seal.OfText(chunk.Input, text) : null);
        insert.Step();
        return connection.LastInsertRowId;
    }

    private delegate void UseOfText(ReadOnlySpan<byte> text);

    private ReadOnlySpan<byte> Encode(string? text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);
        if (longest > _text.Length)
        {
            _text = new byte[Math.Max(longest, _text.Length * 2)];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text ?? "", _text));
    }
}
