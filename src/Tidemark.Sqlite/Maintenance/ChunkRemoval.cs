using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Removes chunks, and then the vectors that nothing else needs, inside the caller's transaction.</summary>
internal sealed class ChunkRemoval(SqliteConnection connection)
{
    private const int MostTraces = 32;

    private const string Row = "SELECT g.space, c.input, c.text FROM chunk c JOIN generation g ON g.id = c.generation WHERE c.key = ?1";

    private const string Inputs = "SELECT g.space, c.input FROM chunk c JOIN generation g ON g.id = c.generation";

    private const string Needed = $"{Inputs} WHERE substr(c.input, 1, 5) = substr(?1, 1, 5) AND c.input = ?1";

    /// <summary>Of more, one pass over all chunks is sooner done.</summary>
    private const int MostLookedUp = 10_000;

    // Those of a generation that is retired, or follows, are closed without a state that names them.
    private const string Closed = """
        SELECT c.key FROM chunk c JOIN generation g ON g.id = c.generation
        WHERE g.namespace = ?1 AND c.to_sequence IS NOT NULL AND c.document = ?2
        """;

    private readonly HashSet<(long Space, ContentHash Input)> _inputs = [];
    private readonly List<string> _traces = [];

    /// <summary>Pieces of the texts, by which what is left of them can be looked for.</summary>
    public IReadOnlyList<string> Traces => _traces;

    /// <returns>How many there were: none that is open, unless all are meant.</returns>
    public long Remove(IEnumerable<long> chunks, bool open = false) => chunks.ToHashSet().Sum(chunk => Remove(chunk, open));

    /// <summary>How many of them there are that <see cref="Remove(IEnumerable{long}, bool)"/> removes where none is meant that is open.</summary>
    public long Count(IEnumerable<long> chunks) => chunks.ToHashSet().Sum(
        chunk => connection.Scalar("SELECT count(*) FROM chunk WHERE key = ?1 AND to_sequence IS NOT NULL", chunk));

    /// <summary>Closed chunks of a document, in whatever generation.</summary>
    public List<long> ListClosed(long @namespace, long document)
    {
        using var row = connection.Statement(Closed);
        row.Bind(1, @namespace);
        row.Bind(2, document);
        var chunks = new List<long>();
        while (row.Step())
        {
            chunks.Add(row.GetInt64(0));
        }

        return chunks;
    }

    /// <summary>Vectors of what was removed that no chunk has any more, in whatever namespace.</summary>
    public long RemoveVectors()
    {
        _inputs.RemoveWhere(input => input.Input == CanaryInput.Hash);
        foreach (var needed in _inputs.Count <= MostLookedUp ? Holders() : All())
        {
            _inputs.Remove(needed);
        }

        var embeddings = new EmbeddingTable(connection);
        return _inputs.Sum(input => embeddings.Find(input.Space, input.Input) is > 0 and var key ? Delete("DELETE FROM embedding WHERE key = ?1", key) : 0);
    }

    /// <summary>The inputs among those of what was removed that chunks still have.</summary>
    private List<(long Space, ContentHash Input)> Holders()
    {
        var found = new List<(long Space, ContentHash Input)>();
        using var row = connection.Statement(Needed);
        foreach (var input in _inputs.Select(input => input.Input).Distinct())
        {
            row.Bind(1, input);
            while (row.Step())
            {
                found.Add((row.GetInt64(0), row.GetHash(1)));
            }

            row.Reset();
        }

        return found;
    }

    private IEnumerable<(long Space, ContentHash Input)> All()
    {
        using var row = connection.Statement(Inputs);
        while (row.Step())
        {
            yield return (row.GetInt64(0), row.GetHash(1));
        }
    }

    private long Remove(long key, bool open)
    {
        using (var row = connection.Statement(Row))
        {
            row.Bind(1, key);
            if (row.Step())
            {
                _inputs.Add((row.GetInt64(0), row.GetHash(1)));
                if (_traces.Count < MostTraces && ErasureTrace.Of(row.GetText(2)) is { } trace)
                {
                    _traces.Add(trace);
                }
            }
        }

        return Delete(open ? "DELETE FROM chunk WHERE key = ?1" : "DELETE FROM chunk WHERE key = ?1 AND to_sequence IS NOT NULL", key);
    }

    private long Delete(string sql, long key)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, key);
        row.Step();
        return connection.Changes;
    }
}
