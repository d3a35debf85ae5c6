using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Applying;

/// <summary>Collects what a batch does to the live counters, and writes it at its end.</summary>
internal sealed class LiveCounts(SqliteConnection connection)
{
    private const string SourceRow =
        "UPDATE source SET documents = documents + ?2, chunks = chunks + ?3, tokens = tokens + ?4 WHERE id = ?1";

    private const string GenerationRow =
        "UPDATE generation SET documents = documents + ?2, chunks = chunks + ?3 WHERE id = ?1";

    private readonly Dictionary<long, SourceCount> _sources = [];
    private long _documents;
    private long _chunks;

    public void Add(long source, int documents, int chunks, long tokens)
    {
        var (d, c, t) = _sources.GetValueOrDefault(source);
        _sources[source] = new SourceCount(d + documents, c + chunks, t + tokens);
        _documents += documents;
        _chunks += chunks;
    }

    public void Write(long generation)
    {
        foreach (var (source, count) in _sources)
        {
            if (count != default)
            {
                using var row = connection.Statement(SourceRow);
                row.Bind(1, source);
                row.Bind(2, count.Documents);
                row.Bind(3, count.Chunks);
                row.Bind(4, count.Tokens);
                row.Step();
            }
        }

        if (_documents != 0 || _chunks != 0)
        {
            using var row = connection.Statement(GenerationRow);
            row.Bind(1, generation);
            row.Bind(2, _documents);
            row.Bind(3, _chunks);
            row.Step();
        }
    }

    private readonly record struct SourceCount(long Documents, long Chunks, long Tokens);
}
